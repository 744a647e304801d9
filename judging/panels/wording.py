"""What organisers read of a jury: why there may be a conflict, what a design is worth, why none is possible."""

from collections.abc import Iterable

from babel.numbers import format_decimal, format_percent
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from hackaviz.web.language import current_language
from judging.panels.coverage import Panel
from judging.panels.health import (
    FEWEST_ENTRIES,
    FEWEST_REVIEWS,
    LEAST_EFFICIENCY,
    LEAST_EIGENVALUE,
    Health,
)
from judging.panels.proposing import Blocking
from judging.panels.rounds.models import MarksShown, RoundKind
from judging.panels.rules import ConflictKind, Hint
from submissions.entries.models import Entry

MOST_CODES = 8
Check = tuple[str, str, str]

KINDS = {
    ConflictKind.DECLARED: _l("Another link"),
    ConflictKind.MEMBER: _l("Member of the team"),
    ConflictKind.PAST_TEAM: _l("Shared a team before"),
    ConflictKind.SPONSOR: _l("Sponsor of the prize"),
    ConflictKind.DOMAIN: _l("Same institution’s e-mail"),
    ConflictKind.SCHOOL: _l("Same school"),
    ConflictKind.MENTOR: _l("Mentor of the team"),
}
ROUNDS = {RoundKind.QUALIFICATION: _l("Qualification"), RoundKind.FINALISTS: _l("Finalists’ round")}
MARKS_SHOWN = {
    MarksShown.AFTER_OWN: _l("once their own review is finished"),
    MarksShown.AT_DELIBERATION: _l("at the deliberation only"),
}


def codes(entries: Iterable[Entry]) -> str:
    """The first codes, and how many more there are."""
    names = [entry.code for entry in entries]
    shown = ", ".join(names[:MOST_CODES])
    if len(names) <= MOST_CODES:
        return shown
    return _("%(codes)s and %(more)s more", codes=shown, more=len(names) - MOST_CODES)


def hint_words(hint: Hint) -> str:
    """Why there may be a conflict."""
    return {
        ConflictKind.MEMBER: _("The juror is a member of the team."),
        ConflictKind.MENTOR: _("The juror is noted as a mentor of the team."),
        ConflictKind.PAST_TEAM: _("The juror and a member of the team were in one team in another edition."),
        ConflictKind.SPONSOR: _("The juror speaks for a sponsor who pays for this challenge."),
        ConflictKind.DOMAIN: _("Same e-mail domain as a member of the team: %(domain)s", domain=hint.shared),
        ConflictKind.SCHOOL: _("Same school as the team or one of its members: %(school)s", school=hint.shared),
    }[hint.kind]


def blocking_words(panel: Panel, blocking: Blocking) -> str:
    """Which entries stand in each other's way, and who could judge them."""
    entries = codes(entry for entry in panel.entries if entry.id in blocking.entries)
    jurors = ", ".join(juror.name for juror in panel.jurors if juror.id in blocking.jurors)
    if not jurors:
        return _("Nobody may judge %(entries)s.", entries=entries)
    asked = ngettext("%(num)s review is asked for", "%(num)s reviews are asked for", blocking.asked)
    given = ngettext("%(num)s can be given at most", "%(num)s can be given", blocking.given)
    facts = {"asked": asked, "given": given, "entries": entries, "jurors": jurors}
    return _("%(asked)s of %(entries)s, and %(given)s by those who may judge them: %(jurors)s.", **facts)


def health_checks(panel: Panel, health: Health) -> list[Check]:
    """Each property of a design as (state, what is so, what that means)."""
    return [_together(panel, health), *_figures(health), _reviews(health), _loads(health), *_light(panel, health)]


def _together(panel: Panel, health: Health) -> Check:
    if health.is_connected:
        return "ok", _("All entries compare"), _("Chains of shared jurors join every entry with every other one.")
    groups = [codes(entry for entry in panel.entries if entry.id in set(group)) for group in health.groups]
    title = ngettext(
        "%(num)s group of entries that share no juror", "%(num)s groups of entries that share no juror", len(groups)
    )
    challenges = {entry.challenge_id for entry in panel.entries}
    apart = [
        challenge
        for challenge in challenges
        if not health.keeps_together([entry.id for entry in panel.entries if entry.challenge_id == challenge])
    ]
    if not apart:
        return "info", title, _("Within each challenge entries compare; between challenges they do not.")
    return "bad", title, _("Scores of different groups cannot be compared: %(groups)s", groups=" · ".join(groups))


def _figures(health: Health) -> list[Check]:
    if health.harmonic is None or health.smallest is None:
        return []
    efficiency, least = number(health.harmonic), number(LEAST_EFFICIENCY)
    ratio, lowest = number(health.smallest), number(LEAST_EIGENVALUE)
    return [
        (
            "ok" if health.harmonic >= LEAST_EFFICIENCY else "warn",
            _("Efficiency %(efficiency)s", efficiency=efficiency),
            _("1 if severity of jurors cost nothing; %(least)s or more is good.", least=least),
        ),
        (
            "ok" if health.smallest >= LEAST_EIGENVALUE else "warn",
            _("Weakest comparison %(ratio)s", ratio=ratio),
            _("Smallest eigenvalue ratio: under %(lowest)s some entries hang by a thread.", lowest=lowest),
        ),
    ]


def _reviews(health: Health) -> Check:
    state = "ok" if health.fewest_reviews >= FEWEST_REVIEWS else "warn"
    title = ngettext(
        "At least %(num)s review of each entry", "At least %(num)s reviews of each entry", health.fewest_reviews
    )
    return state, title, _("With fewer than %(least)s, chance decides much of the ranking.", least=FEWEST_REVIEWS)


def invited_check(awaited: int, declined: int) -> Check | None:
    """What invitations still promise: who has not answered, and places that are free again."""
    if not awaited and not declined:
        return None
    open_ = ngettext("%(num)s invitation waits for an answer", "%(num)s invitations wait for an answer", awaited)
    free = ngettext("%(num)s was declined: its place is free", "%(num)s were declined: their places are free", declined)
    told = [*([open_] if awaited else []), *([free] if declined else [])]
    return "warn" if declined else "info", " · ".join(told), _("Figures here are of those who accepted.")


def _loads(health: Health) -> Check:
    low, high = health.load_low, health.load_high
    state = "ok" if high - low <= 1 else "info"
    if low == high:
        return state, ngettext("%(num)s entry for each juror", "%(num)s entries for each juror", low), ""
    return state, _("From %(low)s to %(high)s entries for each juror", low=low, high=high), ""


def _light(panel: Panel, health: Health) -> list[Check]:
    if not health.light:
        return []
    names = ", ".join(juror.name for juror in panel.jurors if juror.id in health.light)
    title = _("Few entries: %(names)s", names=names)
    return [("info", title, _("With fewer than %(least)s, severity is hardly known.", least=FEWEST_ENTRIES))]


def number(value: float) -> str:
    """Two decimals, in the page's language."""
    return format_decimal(value, "0.00", locale=_locale())


def share(value: float) -> str:
    """A share as whole per cent, in the page's language."""
    return format_percent(value, locale=_locale())


def _locale() -> str:
    return "fr_FR" if current_language() == "fr" else "en_GB"
