"""An edition's jury as a whole: who was asked for what, what is done, what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from judging.panels import queries
from judging.panels.models import Assignment
from judging.panels.registry import panel_registry
from judging.panels.rounds.models import Round, RoundKind
from judging.panels.rounds.queries import finalists_of
from judging.panels.rules import Coverage, Pair, coverage_of
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries

COLUMNS = 12


@dataclass(frozen=True)
class Panel:
    """Jurors by name, handed-in entries by code, and the pairs (juror, entry) that bind them.

    `finished` has the reviews that were begun, and whether they are finished; `taken` the pairs of other rounds.
    """

    jurors: Sequence[Person]
    entries: Sequence[Entry]
    assigned: frozenset[Pair]
    conflicted: frozenset[Pair]
    finished: Mapping[Pair, bool]
    skipped: frozenset[Pair] = frozenset()
    taken: frozenset[Pair] = frozenset()

    def state(self, juror: Person, entry: Entry) -> Coverage:
        """Where a juror stands with an entry."""
        pair = (juror.id, entry.id)
        return coverage_of(
            assigned=pair in self.assigned,
            conflicted=pair in self.conflicted,
            finished=self.finished.get(pair),
            skipped=pair in self.skipped,
        )

    @cached_property
    def asked(self) -> frozenset[Pair]:
        """Reviews that are awaited or done: assigned to a juror, of an entry handed in, no conflict, not skipped."""
        jurors, entries = {each.id for each in self.jurors}, {each.id for each in self.entries}
        asked = self.assigned - self.conflicted - self.skipped
        return frozenset(pair for pair in asked if pair[0] in jurors and pair[1] in entries)

    @property
    def done(self) -> int:
        """How many of those are finished."""
        return sum(self.finished.get(pair, False) for pair in self.asked)

    def load(self, juror: Person) -> int:
        """How many reviews a juror was asked for."""
        return sum(person == juror.id for person, _entry in self.asked)

    def done_by(self, juror: Person) -> int:
        """How many of them are finished."""
        return sum(self.finished.get(pair, False) for pair in self.asked if pair[0] == juror.id)

    def has_begun(self, juror: Person) -> bool:
        """Whether a juror has begun any review."""
        return any(person == juror.id for person, _entry in self.finished)

    def jurors_of(self, entry: Entry) -> int:
        """How many jurors an entry has."""
        return sum(number == entry.id for _person, number in self.asked)

    def lacking(self, reviews_needed: int) -> list[Entry]:
        """Entries with fewer jurors than that."""
        return [entry for entry in self.entries if self.jurors_of(entry) < reviews_needed]

    def has_lost_a_juror(self, entry: Entry) -> bool:
        """Whether a conflict took a juror away from an entry."""
        return any(number == entry.id for _person, number in self.assigned & self.conflicted)

    def tables(self, entries: Sequence[Entry]) -> list[tuple[list[str], list[tuple[str, list[Coverage]]]]]:
        """The coverage of some entries as tables narrow enough to read: the codes, then each juror's states."""
        parts = [entries[start : start + COLUMNS] for start in range(0, len(entries), COLUMNS)]
        return [([entry.code for entry in part], self._rows(part)) for part in parts]

    def _rows(self, entries: Sequence[Entry]) -> list[tuple[str, list[Coverage]]]:
        return [(juror.name, [self.state(juror, entry) for entry in entries]) for juror in self.jurors]


def panel_of(session: Session, edition: Edition, round_: Round | None = None) -> Panel:
    """The jury of an edition as it stands, or that of one round: the second one judges its finalists only."""
    assignments, entries = queries.assignments_of(session, edition), handed_in_entries(session, edition)
    if round_ is not None and round_.kind is RoundKind.FINALISTS:
        chosen = finalists_of(session, edition)
        entries = [entry for entry in entries if entry.id in chosen]
    ours = [each for each in assignments if round_ is None or each.round_id == round_.id]
    return Panel(
        jurors=queries.jurors_of(session, edition),
        entries=entries,
        assigned=_pairs(ours),
        conflicted=frozenset(queries.conflicted_pairs(session, edition)),
        finished=panel_registry().finished(session, edition),
        skipped=_pairs(each for each in ours if each.skipped_at is not None),
        taken=_pairs(assignments) - _pairs(ours),
    )


def _pairs(assignments: Iterable[Assignment]) -> frozenset[Pair]:
    return frozenset((each.juror_id, each.entry_id) for each in assignments)


def done_of(session: Session, edition: Edition) -> Mapping[int, tuple[int, int]]:
    """Juror → how many reviews they finished, and how many they were asked for; sponsors' jurors are among them."""
    barred, finished = queries.conflicted_pairs(session, edition), panel_registry().finished(session, edition)
    handed_in = {entry.id for entry in handed_in_entries(session, edition)}
    counted = dict[int, tuple[int, int]]()
    for each in queries.assignments_of(session, edition):
        pair = (each.juror_id, each.entry_id)
        if pair not in barred and each.skipped_at is None and each.entry_id in handed_in:
            done, asked = counted.get(each.juror_id, (0, 0))
            counted[each.juror_id] = (done + finished.get(pair, False), asked + 1)
    return counted
