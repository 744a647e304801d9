"""Words for what changed in a challenge after its publication."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from challenges.briefs.models import Challenge, ChallengeChange
from challenges.briefs.rules import Piece, difference
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.language import current_language
from hackaviz.web.templating import local_date, localized

FIELD_NAMES = {
    "number": _l("number"),
    "title": _l("title"),
    "question": _l("question"),
    "brief": _l("what is asked"),
    "rubric": _l("how the jury judges"),
    "datasets": _l("suggested datasets"),
    "prizes": _l("prizes"),
}


@dataclass(frozen=True)
class ChangeWords:
    """A dated change; `language` is the one its texts are shown in."""

    on: str
    field: str
    language: str
    pieces: list[Piece]


def changes_in_words(challenge: Challenge) -> list[ChangeWords]:
    """Every change after publication, the latest first."""
    return [_change_in_words(change, challenge.edition.time_zone) for change in challenge.changes]


def _change_in_words(change: ChallengeChange, zone: str) -> ChangeWords:
    language = _language_to_show(change)
    before, after = (text.in_language(language) for text in (change.before, change.after))
    field = str(FIELD_NAMES.get(change.field, change.field))
    return ChangeWords(local_date(change.at, zone), field, language, difference(before, after))


def _language_to_show(change: ChallengeChange) -> str:
    """The page's language, or the other one where only that text changed."""
    asked = current_language()
    if change.before.in_language(asked) != change.after.in_language(asked):
        return asked
    return "en" if asked == "fr" else "fr"


def label_text(label: dict[str, str]) -> str:
    """The label of a mark in the page's language."""
    return localized(Bilingual(**label))
