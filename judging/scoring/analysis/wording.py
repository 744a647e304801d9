"""Figures in words: what changed, who stands apart, how far the ranking can be trusted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal, format_percent
from flask_babel import gettext as _
from flask_babel import ngettext

from challenges.briefs.models import Challenge
from hackaviz.web.language import current_language
from hackaviz.web.templating import localized
from judging.ranking.what_if import Change
from judging.scoring.analysis.reading import Reading
from judging.scoring.method.rules import Method
from judging.scoring.method.wording import METHOD_NAMES

WELL, ROUGHLY = 0.75, 0.5


def figure(value: float | None, digits: str = "0.00") -> str:
    """A figure with two decimals, or a dash."""
    return "–" if value is None else format_decimal(value, digits, locale=_locale())


def chance(value: float | None) -> str:
    """A probability in whole hundredths; never 0 or 100 % for what could be otherwise."""
    if value is None:
        return "–"
    if 0 < value < 0.01 or 0.99 < value < 1:
        edge = format_percent(0.01 if value < 0.5 else 0.99, locale=_locale())
        return f"< {edge}" if value < 0.5 else f"> {edge}"
    return format_percent(value, locale=_locale())


def _locale() -> str:
    return "fr_FR" if current_language() == "fr" else "en_GB"


@dataclass(frozen=True)
class ChangeLine:
    """One thing tried: what, who would enter the places with a prize, who would leave them."""

    what: str
    enters: str
    leaves: str
    is_comparable: bool

    @property
    def changes(self) -> bool:
        """Whether a prize would change hands."""
        return bool(self.enters or self.leaves) or not self.is_comparable


def change_lines(changes: Sequence[Change], named: Callable[[str], str]) -> list[ChangeLine]:
    """Changes in words; `named` says what was tried."""
    return [
        ChangeLine(named(each.what), ", ".join(each.enters), ", ".join(each.leaves), each.is_comparable)
        for each in changes
    ]


def changes_of(reading: Reading, challenge: Challenge) -> list[tuple[str, list[ChangeLine]]]:
    """What was tried, by kind: each juror left out, each other method, each weight a tenth up and down."""
    analysis = reading.analysis
    if analysis is None:
        return []
    criteria = {str(each.id): str(localized(each.name)) for each in challenge.criteria}
    return [
        (_("Without one juror"), change_lines(analysis.without_jurors, reading.name)),
        (_("With another method"), change_lines(analysis.other_methods, lambda what: str(METHOD_NAMES[Method(what)]))),
        (_("With another weight"), change_lines(analysis.other_weights, lambda what: _weight(what, criteria))),
    ]


def _weight(what: str, criteria: dict[str, str]) -> str:
    criterion, sign, _rest = what.replace("+", " + ").replace("-", " - ").split(maxsplit=2)
    words = {"name": criteria.get(criterion, criterion)}
    return _("%(name)s a tenth heavier", **words) if sign == "+" else _("%(name)s a tenth lighter", **words)


def changes_in_words(lines: Sequence[ChangeLine]) -> str:
    """How many of the things tried would change a prize."""
    count = sum(line.changes for line in lines)
    if not count:
        return _("None of %(all)s tries changes who is among the places with a prize.", all=len(lines))
    words = {"all": len(lines)}
    return ngettext(
        "%(num)s of %(all)s tries changes who is among the places with a prize.",
        "%(num)s of %(all)s tries change who is among the places with a prize.",
        count,
        **words,
    )


def trust(reading: Reading) -> tuple[str, str]:
    """How far the ranking can be trusted: a state for the page, and a sentence."""
    value = reading.analysis.mean_reliability if reading.analysis else None
    if value is None:
        return "info", _("These reviews do not tell yet how reliable the ranking is.")
    words: dict[str, Any] = {"share": format_percent(value, locale=_locale())}
    if value >= WELL:
        return "ok", _("The ranking sorts well: %(share)s of the differences between scores would come back.", **words)
    if value >= ROUGHLY:
        return "info", _(
            "The ranking sorts roughly: %(share)s of the differences between scores would come back with another jury. "
            "Look at the ranges of places before you part close entries.",
            **words,
        )
    return "warn", _(
        "The ranking hardly sorts: only %(share)s of the differences between scores would come back with another jury. "
        "More reviews of the first entries would help.",
        **words,
    )


def harshest(reading: Reading) -> str:
    """The finding of the chart of jurors."""
    jurors = sorted(reading.analysis.jurors, key=lambda each: each.severity or 0) if reading.analysis else []
    if len(jurors) < 2:
        return _("Where the juror’s scores lie")
    words = {"harsh": reading.name(jurors[-1].juror), "lenient": reading.name(jurors[0].juror)}
    return _("%(harsh)s marks lowest, %(lenient)s highest, the same entries considered", **words)
