"""What a juror reads: the rubric, the blind sheet of a work, when a review was saved."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.numbers import format_percent
from flask_babel import gettext as _
from markupsafe import Markup

from challenges.briefs.models import Challenge, Criterion
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.language import current_language
from hackaviz.web.templating import day_in_words, localized
from judging.scoring.models import Review
from judging.scoring.rules import mark_field
from submissions.entries.models import Entry


@dataclass(frozen=True)
class CriterionWords:
    """One criterion; marks are (value, word, what it means)."""

    id: int
    field: str
    name: Markup | str
    share: str
    question: Markup | str
    marks: list[tuple[int, str, str]]

    def mark_words(self, value: int | None) -> str:
        """A mark with its label: "3, Good"."""
        return _("no mark yet") if value is None else f"{value}, {self.marks[value][1]}"


def rubric_in_words(challenge: Challenge) -> list[CriterionWords]:
    """The rubric in order, in the page's language."""
    total = sum(criterion.weight for criterion in challenge.criteria)
    return [_criterion(criterion, total) for criterion in challenge.criteria]


def _criterion(criterion: Criterion, total: int) -> CriterionWords:
    share = format_percent(criterion.weight / total, locale="fr_FR" if current_language() == "fr" else "en_GB")
    return CriterionWords(
        id=criterion.id,
        field=mark_field(criterion.id),
        name=localized(criterion.name),
        share=_("%(share)s of the mark", share=share),
        question=localized(criterion.question),
        marks=[(value, *_label(label)) for value, label in enumerate(criterion.labels)],
    )


def _label(label: dict[str, str]) -> tuple[str, str]:
    """A label "Good: accurate, limits stated" is a word and what it means."""
    word, _colon, meaning = Bilingual(**label).in_language(current_language()).partition(":")
    return word.strip(), meaning.strip()


@dataclass(frozen=True)
class BlindSheet:
    """What a team says of its work, and nothing of who it is. `sources` are (title of a dataset, how it was used)."""

    message: str
    method: str
    tools: str
    text_alternative: str
    sources: list[tuple[Markup | str, str]]


def blind_sheet(entry: Entry) -> BlindSheet:
    """The sheet as it was handed in, field by field: what a manifest holds besides never reaches a juror."""
    said: dict[str, Any] = entry.current_version.manifest if entry.current_version else {}
    return BlindSheet(
        message=said.get("message", ""),
        method=said.get("method", ""),
        tools=said.get("tools", ""),
        text_alternative=said.get("text_alternative", ""),
        sources=[(localized(Bilingual(**each["title"])), each["usage"]) for each in said.get("citations", [])],
    )


def saved_words(review: Review, zone: str, now: datetime) -> str:
    """When a review was saved last, in the edition's zone: "Saved at 14:32"."""
    there, today = (moment.astimezone(ZoneInfo(zone)) for moment in (review.saved_at, now))
    hour = f"{there:%H} h {there:%M}".replace(" ", "\u00a0") if current_language() == "fr" else f"{there:%H:%M}"
    if there.date() == today.date():
        return _("Saved at %(hour)s", hour=hour)
    day = day_in_words(there.date(), "d MMMM")
    return _("Saved on %(day)s at %(hour)s", day=day, hour=hour)
