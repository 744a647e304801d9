"""How an award is shared between members. Pure and exact, in cents."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol, TypeVar

from hackaviz.kernel.money import split_by_largest_remainder


class Part(Protocol):
    """Cents for a person; a SharePart row is one."""

    person_id: int
    cents: int


class Consent(Protocol):
    """A person agrees; a ShareConsent row is one."""

    person_id: int


class Proposal(Protocol):
    """How members would share; a ShareProposal row is one."""

    @property
    def parts(self) -> Sequence[Part]: ...

    @property
    def consents(self) -> Collection[Consent]: ...


Proposed = TypeVar("Proposed", bound=Proposal)


def agreed_proposal(proposals: Sequence[Proposed], cents: int) -> Proposed | None:
    """The last proposal for this sum that everybody in it has consented to; a newer one that waits changes nothing."""
    return next((each for each in reversed(proposals) if is_agreed(each) and total(each) == cents), None)


def waiting_proposal(proposals: Sequence[Proposed], cents: int) -> Proposed | None:
    """The newest proposal, while it shares this sum and somebody in it has yet to consent."""
    newest = proposals[-1] if proposals else None
    return None if newest is None or is_agreed(newest) or total(newest) != cents else newest


def is_agreed(proposal: Proposal) -> bool:
    """Whether everybody has consented."""
    return {part.person_id for part in proposal.parts} <= {consent.person_id for consent in proposal.consents}


def total(proposal: Proposal) -> int:
    """What a proposal shares in all."""
    return sum(part.cents for part in proposal.parts)


def equal_shares(cents: int, people: Sequence[int]) -> dict[int, int]:
    """Person → cents; the odd cents go to the first ones, in the order of their seats."""
    return dict(zip(people, split_by_largest_remainder(cents, [1] * len(people)), strict=True)) if people else {}


def laid_on(slices: Mapping[int, int], shares: Mapping[int, int]) -> dict[int, dict[int, int]]:
    """Slice → person → cents, so that each slice and each person sum to theirs; both must sum to the same.

    What a tie pools is shared as one sum: odd cents are those of the sum, and not those of every slice.
    """
    cells = dealt(slices, shares)
    return {number: {person: cells.get((number, person), 0) for person in shares} for number in slices}


def dealt(rows: Mapping[int, int], columns: Mapping[int, int]) -> dict[tuple[int, int], int]:
    """Fill a table whose rows and columns have these sums, from the first corner on, so that few cells hold something.

    Rows and columns must sum to the same.
    """
    cells: dict[tuple[int, int], int] = {}
    free = dict(columns)
    for row, wanted in rows.items():
        for column, there in list(free.items()):
            cents = min(wanted - sum(cells.get((row, each), 0) for each in columns), there)
            if cents:
                cells[row, column] = cents
                free[column] -= cents
    return cells
