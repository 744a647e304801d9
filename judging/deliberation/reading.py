"""What the meeting looks at: the entries of a challenge with their marks and comments, as one person may see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import stdev

from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from hackaviz.accounts.models import Person
from judging.deliberation.queries import final_ranking_of, reviews_of_challenge
from judging.deliberation.rules import FinalRow
from judging.panels.hints import open_hints
from judging.panels.queries import conflicts_of, jurors_of
from judging.ranking.weighted_mean import review_score
from judging.scoring.models import Review
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries


class Order(StrEnum):
    """How the entries of a meeting are listed."""

    RANKING = "ranking"
    DISAGREEMENT = "disagreement"


@dataclass(frozen=True)
class Discussed:
    """An entry on the table: its line of the ranking, its reviews with their scores, and who must not take part."""

    entry: Entry
    line: FinalRow
    reviews: Sequence[tuple[Review, float | None]]
    recused: Sequence[Person]

    @property
    def disagreement(self) -> float:
        """The standard deviation of the scores, 0 for fewer than two."""
        scores = [score for _review, score in self.reviews if score is not None]
        return stdev(scores) if len(scores) > 1 else 0.0


def discussed(session: Session, challenge: Challenge, order: Order, reader: Person | None = None) -> list[Discussed]:
    """The entries in order; for a juror, without those that they have a conflict with, settled or not."""
    entries = {each.id: each for each in handed_in_entries(session, challenge.edition)}
    recused = _recused(session, challenge)
    reviews = reviews_of_challenge(session, challenge)
    weights = {criterion.id: criterion.weight for criterion in challenge.criteria}
    shown = [
        Discussed(entries[number], line, _scored(reviews.get(number, []), weights), recused.get(number, []))
        for line in final_ranking_of(session, challenge).rows
        if (number := line.row.entry) in entries
        and (reader is None or reader.id not in {each.id for each in recused.get(number, [])})
    ]
    return sorted(shown, key=lambda each: -each.disagreement) if order is Order.DISAGREEMENT else shown


def _recused(session: Session, challenge: Challenge) -> Mapping[int, list[Person]]:
    """By entry, who of the jury has declared a conflict, then those with a possible one that nobody has settled."""
    jury = {juror.id: juror for juror in jurors_of(session, challenge.edition)}
    declared = [(conflict.juror_id, conflict.entry_id) for conflict in conflicts_of(session, challenge.edition)]
    possible = [(hint.juror, hint.entry) for hint in open_hints(session, challenge.edition)]
    by_entry: dict[int, list[Person]] = {}
    for juror, entry in (*declared, *possible):
        # Those who judge for a sponsor's own prize, or left, are not at this table.
        if juror in jury:
            by_entry.setdefault(entry, []).append(jury[juror])
    return by_entry


def _scored(reviews: Sequence[Review], weights: Mapping[int, int]) -> list[tuple[Review, float | None]]:
    scores = ((review, review_score(review.given, weights)) for review in reviews)  # type: ignore[arg-type]
    return [(review, None if score is None else float(score)) for review, score in scores]
