"""What a rubric must be, what a challenge needs before publication, and how two texts differ. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Protocol

from flask_babel import lazy_gettext as _l

from hackaviz.kernel.bilingual import LANGUAGES, Bilingual
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.money import split_by_largest_remainder

FEWEST_LABELS, MOST_LABELS = 2, 11
# Shorter texts are read whole, the old one then the new one; in longer ones the words that differ are marked.
LONG_TEXT = 160

DEFAULT_LABELS = (
    Bilingual(fr="Absent", en="Absent"),
    Bilingual(fr="Fragile", en="Weak"),
    Bilingual(fr="Correct", en="Fair"),
    Bilingual(fr="Solide", en="Strong"),
    Bilingual(fr="Remarquable", en="Outstanding"),
)


@dataclass(frozen=True, kw_only=True)
class CriterionDetails:
    """One criterion as an organiser writes it; the labels name the marks from 0 up."""

    name: Bilingual
    question: Bilingual
    weight: int
    labels: tuple[Bilingual, ...] = DEFAULT_LABELS


def check_rubric(criteria: Sequence[CriterionDetails]) -> None:
    """Raise Invalid when a criterion cannot be judged with."""
    for criterion in criteria:
        if not criterion.name or not criterion.question:
            raise Invalid(_l("Each criterion needs a name and a question."))
        if criterion.weight < 1:
            raise Invalid(_l("A weight is a whole number from 1 up."))
        if not FEWEST_LABELS <= len(criterion.labels) <= MOST_LABELS:
            raise Invalid(
                _l("A scale has %(least)s to %(most)s marks, each with a label.", least=FEWEST_LABELS, most=MOST_LABELS)
            )
    if len({len(criterion.labels) for criterion in criteria}) > 1:
        # A longer scale would weigh more than its weight says.
        raise Invalid(_l("Give every criterion the same number of marks, so that the weights mean what they say."))


def percentages(weights: Sequence[int]) -> list[int]:
    """Weights as whole percents that sum to 100; an empty list stays empty."""
    return split_by_largest_remainder(100, weights) if weights else []


def rubric_text(criteria: Sequence[CriterionDetails]) -> Bilingual:
    """A whole rubric as text, one criterion a line, so that two versions can be shown side by side."""
    percents = percentages([criterion.weight for criterion in criteria])
    lines = {
        language: "\n".join(
            _criterion_text(criterion, percent, language) for criterion, percent in zip(criteria, percents, strict=True)
        )
        for language in LANGUAGES
    }
    return Bilingual(**lines)


def _criterion_text(criterion: CriterionDetails, percent: int, language: str) -> str:
    name, question = criterion.name.in_language(language), criterion.question.in_language(language)
    marks = ", ".join(f"{mark} {label.in_language(language)}" for mark, label in enumerate(criterion.labels))
    space = "\u00a0" if language == "fr" else ""
    return f"{name} ({percent}{space}%){space}: {question} [{marks}]"


class Written(Protocol):
    """What a challenge says; a Challenge row is one."""

    @property
    def title(self) -> Bilingual: ...

    @property
    def question(self) -> Bilingual: ...

    @property
    def brief(self) -> Bilingual: ...


def missing_before_publication(challenge: Written, criteria: int) -> list[str]:
    """Sentences that say what must still be written."""
    missing = []
    if not challenge.title:
        missing.append(str(_l("The title is missing.")))
    if not challenge.question:
        missing.append(str(_l("The question is missing.")))
    if not challenge.brief:
        missing.append(str(_l("The brief is missing.")))
    if not criteria:
        missing.append(str(_l("The rubric has no criterion.")))
    return missing


def rubric_is_closed(judging_opens_at: datetime, now: datetime) -> bool:
    """Whether jurors may have begun: from then on everyone is judged by the same rubric."""
    return now >= judging_opens_at


class PieceKind(StrEnum):
    """Whether a piece of text stayed, went or came."""

    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Piece:
    """A run of words that share their fate."""

    kind: PieceKind
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """How a text changed: word by word when both are long, else the whole old text, then the whole new one."""
    if min(len(before), len(after)) < LONG_TEXT:
        return [piece for piece in (Piece(PieceKind.REMOVED, before), Piece(PieceKind.ADDED, after)) if piece.text]
    old, new = _words(before), _words(after)
    pieces = []
    for _tag, old_start, old_end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        removed, added = "".join(old[old_start:old_end]), "".join(new[new_start:new_end])
        if removed == added:
            pieces.append(Piece(PieceKind.KEPT, removed))
        else:
            pieces += [Piece(PieceKind.REMOVED, removed), Piece(PieceKind.ADDED, added)]
    return [piece for piece in pieces if piece.text]


def _words(text: str) -> list[str]:
    """Words and the blanks between them, so that joining gives the text back."""
    return re.findall(r"\s+|\S+", text)
