"""An assignment for real people and entries, by the solver: nothing here changes anything."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from judging.panels import queries
from judging.panels.affiliations import themes_of_entries, wishes_of
from judging.panels.assignment.filling import Blocked
from judging.panels.assignment.instance import Instance
from judging.panels.assignment.solve import solve
from judging.panels.coverage import Panel, panel_of
from judging.panels.expertise import preferences
from judging.panels.health import Health, health_of
from judging.panels.hints import open_hints
from judging.panels.models import JurySeat
from judging.panels.rounds.models import Round
from judging.panels.rules import Pair
from judging.ranking.arrays import Floats


@dataclass(frozen=True)
class Blocking:
    """Entries that stand in each other's way, the jurors they may use, the reviews asked for and those there are."""

    entries: Sequence[int]
    jurors: Sequence[int]
    asked: int
    given: int


@dataclass(frozen=True)
class Proposal:
    """Pairs (juror, entry) to add to what stays, and what the whole is worth; or what makes it impossible."""

    panel: Panel
    added: Sequence[Pair] = ()
    health: Health | None = None
    blocking: Blocking | None = None


def propose(session: Session, edition: Edition, reviews: int, round_: Round | None = None) -> Proposal:
    """So many reviews of each entry of a round, with all that is assigned in it kept. Same rows, same answer.

    A possible conflict that nobody settled counts as a conflict until somebody does, and so does a review of the same
    entry in another round: in the finalists' round further jurors look.
    """
    panel = panel_of(session, edition, round_)
    if not panel.entries or not panel.jurors:
        return Proposal(panel)
    instance = _instance(session, edition, panel, reviews)
    try:
        plan, _warnings = solve(instance)
    except Blocked as blocked:
        return Proposal(panel, blocking=_blocking(panel, blocked))
    chosen = [(panel.jurors[juror].id, panel.entries[entry].id) for entry, juror in np.argwhere(plan.chosen).tolist()]
    return Proposal(panel, [pair for pair in chosen if pair not in panel.asked], design_health(panel, chosen))


def design_health(panel: Panel, pairs: Collection[Pair]) -> Health:
    """What a design over the entries and jurors of a panel is worth."""
    return health_of([entry.id for entry in panel.entries], [juror.id for juror in panel.jurors], pairs)


def _instance(session: Session, edition: Edition, panel: Panel, reviews: int) -> Instance:
    seats = queries.seats_of(session, edition)
    kept = _matrix(panel, panel.asked)
    allowed = ~_matrix(panel, _barred(session, edition, panel, seats)) | kept
    most = np.array([_most(seats.get(juror.id), len(panel.entries)) for juror in panel.jurors], dtype=np.intp)
    return Instance(
        entries=tuple(entry.id for entry in panel.entries),
        jurors=tuple(juror.id for juror in panel.jurors),
        most=np.maximum(most, kept.sum(axis=0)),
        per_entry=reviews,
        allowed=allowed,
        preference=_preference(session, edition, panel, seats),
        kept=kept if kept.any() else None,
    )


def _most(seat: JurySeat | None, entries: int) -> int:
    return entries if seat is None or seat.most is None else seat.most


def _barred(session: Session, edition: Edition, panel: Panel, seats: Mapping[int, JurySeat]) -> set[Pair]:
    """Pairs that must not be: conflicts, open hints, what was asked in another round or skipped, other panels."""
    hinted = {(hint.juror, hint.entry) for hint in open_hints(session, edition)}
    elsewhere = {
        (juror, entry.id)
        for juror, seat in seats.items()
        if seat.challenge_ids
        for entry in panel.entries
        if entry.challenge_id not in seat.challenge_ids
    }
    return set(panel.conflicted) | hinted | elsewhere | set(panel.skipped) | set(panel.taken)


def _preference(session: Session, edition: Edition, panel: Panel, seats: Mapping[int, JurySeat]) -> Floats | None:
    themes = {juror: seat.themes for juror, seat in seats.items()}
    weights = preferences(themes, themes_of_entries(session, edition), wishes_of(session, edition))
    place, seat_of = _places(panel)
    known = [
        (place[entry], seat_of[juror], weight)
        for (juror, entry), weight in weights.items()
        if entry in place and juror in seat_of
    ]
    if not known:
        return None
    matrix = np.zeros((len(panel.entries), len(panel.jurors)))
    for row, column, weight in known:
        matrix[row, column] = weight
    return matrix


def _matrix(panel: Panel, pairs: Collection[Pair]) -> "np.ndarray":
    place, seat = _places(panel)
    matrix = np.zeros((len(panel.entries), len(panel.jurors)), dtype=bool)
    for juror, entry in pairs:
        if entry in place and juror in seat:
            matrix[place[entry], seat[juror]] = True
    return matrix


def _places(panel: Panel) -> tuple[dict[int, int], dict[int, int]]:
    return {each.id: n for n, each in enumerate(panel.entries)}, {each.id: n for n, each in enumerate(panel.jurors)}


def _blocking(panel: Panel, blocked: Blocked) -> Blocking:
    entries = [panel.entries[row].id for row in blocked.entries.tolist()]
    return Blocking(
        entries, [panel.jurors[column].id for column in blocked.jurors.tolist()], blocked.asked, blocked.given
    )
