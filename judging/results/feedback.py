"""What a team learns of its entry once the results are public: marks, comments, where it stands, what was corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session

from hackaviz.web.templating import localized
from judging.results.reading import challenge_of
from judging.scoring.method.rules import Method
from judging.scoring.queries import comments_for_team, finished_reviews
from judging.scoring.ranked import score_in_words
from submissions.entries.models import Entry

BARS = 8
CORRECTED = frozenset({Method.BLUP, Method.ADDITIVE})
# Below it a correction is not worth a word.
NOTHING = 0.005


@dataclass(frozen=True)
class Feedback:
    """`marks` are (criterion, the marks given, sorted so that nobody's review can be read off).

    `spread` counts the challenge's entries by score, from low to high; `below` of `ranked` have a lower score.
    """

    row: Mapping[str, Any]
    marks: Sequence[tuple[Markup | str, list[int]]]
    comments: Sequence[str]
    spread: Sequence[int]
    below: int
    ranked: int
    correction: str


def feedback_on(session: Session, entry: Entry, snapshot: Mapping[str, Any], row: Mapping[str, Any]) -> Feedback:
    """The feedback on an entry, from the published snapshot and the reviews that counted."""
    challenge = challenge_of(snapshot, entry.public_id)
    scores = [float(each["score"]) for each in challenge["ranking"] if each["place"] and each["score"]]
    own = float(row["score"]) if row["score"] else None
    return Feedback(
        row,
        _marks(session, entry),
        comments_for_team(session, entry),
        spread=_spread(scores),
        below=sum(own is not None and score < own for score in scores),
        ranked=len(scores),
        correction=_correction(challenge.get("method", Method.MEAN), row),
    )


def _marks(session: Session, entry: Entry) -> list[tuple[Markup | str, list[int]]]:
    given = [review.marks for review in finished_reviews(session, entry.edition) if review.entry == entry.id]
    criteria = entry.challenge.criteria
    return [(localized(each.name), sorted(marks[each.id] for marks in given if each.id in marks)) for each in criteria]


def _spread(scores: Sequence[float]) -> list[int]:
    low, high = min(scores, default=0), max(scores, default=0)
    counts = [0] * BARS
    for score in scores:
        counts[min(BARS - 1, int(BARS * (score - low) / (high - low))) if high > low else 0] += 1
    return counts


def _correction(method: str, row: Mapping[str, Any]) -> str:
    if not row.get("raw") or not row["score"]:
        return ""
    raw, score = float(row["raw"]), float(row["score"])
    words = {"raw": score_in_words(raw), "score": score_in_words(score)}
    if method not in CORRECTED:
        return _("The method of this edition corrects nothing: it ranks the marks as they were given.")
    if score > raw + NOTHING:
        return _(
            "The mean of your reviews is %(raw)s. Compared with the whole jury, the jurors whom you met mark rather "
            "low, or few reviews called for caution: your score is %(score)s.",
            **words,
        )
    if score < raw - NOTHING:
        return _(
            "The mean of your reviews is %(raw)s. Compared with the whole jury, the jurors whom you met mark rather "
            "high, or few reviews called for caution: your score is %(score)s.",
            **words,
        )
    return _("The correction for lenient and harsh jurors moved nothing: your score is the mean of your reviews.")
