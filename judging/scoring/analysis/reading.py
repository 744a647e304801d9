"""The figures of a challenge, or of a whole jury, with the entries and people that they are about."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from judging.panels.rounds.queries import finalists_of
from judging.ranking.analysis import Analysis, EntryFigures, agreement_between, analyse, entry_figures
from judging.ranking.arrays import Floats
from judging.ranking.contest import Terms
from judging.ranking.marks import Mark, Marks, marks_of
from judging.ranking.methods import DEFAULT
from judging.ranking.reviews import Reviews, reviews_of
from judging.ranking.weighted_mean import RankedEntry, ReviewMarks, review_score
from judging.scoring.method.queries import choices_of, terms_for
from judging.scoring.queries import finished_reviews, places_with_a_prize, rankings_of, weights_of
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries


@dataclass(frozen=True)
class Reading:
    """Figures by the code of entries and the number of jurors' rows; `analysis` is None without any finished review.

    `ranked` has the rows of the ranking where this is one challenge; `kept` the figures of the very same marks and
    terms, where they were computed before.
    """

    entries: Mapping[str, Entry]
    jurors: Mapping[str, Person]
    marks: Marks
    weights: Mapping[str, float]
    prizes: int
    terms: Terms
    ranked: Sequence[RankedEntry] = ()
    finalists: frozenset[str] = frozenset()
    kept: Analysis | None = None

    @cached_property
    def analysis(self) -> Analysis | None:
        """Every figure, computed once."""
        if self.kept is not None or not len(self.marks.score):
            return self.kept
        asked: dict[str, Any] = {"method": self.terms.method, "prizes": self.prizes, "finalists": self.finalists}
        return analyse(self.marks, self.weights, **asked)

    @cached_property
    def reviews(self) -> Reviews:
        """One score for each review."""
        return reviews_of(self.marks, self.weights).judged()

    @cached_property
    def figures(self) -> Mapping[str, EntryFigures]:
        """The figures of each entry that has any."""
        if self.kept is not None or not len(self.marks.score):
            return {row.entry: row for row in (self.kept.entries if self.kept else ())}
        asked: dict[str, Any] = {"method": self.terms.method, "prizes": self.prizes, "finalists": self.finalists}
        return {row.entry: row for row in entry_figures(self.reviews, **asked)}

    @cached_property
    def places(self) -> Mapping[str, int | None]:
        """The place of each entry in the ranking."""
        codes = {entry.id: code for code, entry in self.entries.items()}
        return {codes[row.entry]: row.place for row in self.ranked if row.entry in codes}

    @cached_property
    def agreement(self) -> Floats:
        """The correlation of each two jurors, in the order of the analysis."""
        return agreement_between(self.reviews)

    def name(self, juror: str) -> str:
        """Who a juror is."""
        return self.jurors[juror].name

    def criteria_means(self, criteria: Sequence[str]) -> Mapping[str, list[float | None]]:
        """Each entry's mean mark on each criterion."""
        place = {criterion: number for number, criterion in enumerate(self.marks.criteria)}
        return {
            code: [self._mean(number, place.get(criterion)) for criterion in criteria]
            for number, code in enumerate(self.marks.entries)
        }

    def _mean(self, entry: int, criterion: int | None) -> float | None:
        given = self.marks.score[(self.marks.entry == entry) & (self.marks.criterion == criterion)]
        return float(np.mean(given)) if len(given) else None


def read_challenge(session: Session, edition: Edition, challenge: Challenge) -> Reading:
    """The figures of one challenge, by its own terms."""
    entries = {entry.id: entry for entry in handed_in_entries(session, edition) if entry.challenge_id == challenge.id}
    given = [review for review in finished_reviews(session, edition) if review.entry in entries]
    marks = marks_of(
        Mark(str(review.juror), entries[review.entry].code, float(value), str(criterion))  # type: ignore[index]
        for review in given
        for criterion, value in review.marks.items()
    )
    weights = {str(criterion.id): float(criterion.weight) for criterion in challenge.criteria}
    return Reading(
        {entry.code: entry for entry in entries.values()},
        _people(session, given),
        marks,
        {criterion: weight for criterion, weight in weights.items() if criterion in marks.criteria},
        prizes=places_with_a_prize(challenge),
        terms=terms_for(edition, choices_of(session, edition), challenge.id),
        ranked=rankings_of(session, edition, only=challenge).get(challenge.id, []),
        finalists=frozenset(entries[number].code for number in finalists_of(session, edition) if number in entries),
    )


def read_jury(session: Session, edition: Edition) -> Reading:
    """The figures of all challenges together, to see jurors whole: each review in hundredths of the best marks."""
    entries = {entry.id: entry for entry in handed_in_entries(session, edition)}
    given = [review for review in finished_reviews(session, edition) if review.entry in entries]
    weights, best = weights_of(session, edition), _best(entries)
    marks = marks_of(
        Mark(str(review.juror), entries[review.entry].code, share)  # type: ignore[index]
        for review in given
        if (share := _share(review, weights, entries[review.entry].challenge_id, best)) is not None  # type: ignore[index]
    )
    every = {entry.code: entry for entry in entries.values()}
    return Reading(every, _people(session, given), marks, {"": 1.0}, prizes=1, terms=Terms(DEFAULT))


def _people(session: Session, given: Sequence[ReviewMarks]) -> Mapping[str, Person]:
    numbers = {review.juror for review in given}
    return {str(person.id): person for person in session.scalars(select(Person).where(Person.id.in_(numbers)))}


def _best(entries: Mapping[int, Entry]) -> Mapping[int, Mapping[int, int]]:
    """Challenge → criterion → its best mark."""
    challenges = {entry.challenge_id: entry.challenge for entry in entries.values()}
    return {number: {each.id: each.highest_mark for each in one.criteria} for number, one in challenges.items()}


def _share(
    review: ReviewMarks, weights: Mapping[int, Mapping[Hashable, int]], challenge: int, best: Mapping[int, Any]
) -> float | None:
    given = review_score(review.marks, weights[challenge])
    most = review_score({criterion: best[challenge][criterion] for criterion in review.marks}, weights[challenge])
    return None if given is None or not most else float(100 * given / most)
