"""What panels ask of the room of reviews, which stands to its right and fills this in `register(app)`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from challenges.sponsors.models import Prize
from hackaviz.accounts.models import Person
from judging.panels.rules import Pair
from judging.ranking.weighted_mean import RankedEntry
from submissions.entries.models import Entry


@dataclass
class PanelRegistry:
    """What reviews tell, and are told.

    `finished`: for each review of an edition that was begun, by (juror, entry), whether it is finished.
    `ranked`: the entries of a challenge, best first, as far as they are reviewed.
    `set_aside`: leave a trace that a review counts no more, because its juror has a conflict.
    `assigned`: the solver has assigned so many reviews of each entry.
    `ranked_for`: the entries that can win a prize, best first, by the reviews of its sponsor's own jurors.
    `may_win`: which of these entries the conditions of a prize let win it.
    """

    finished: Callable[[Session, Edition], Mapping[Pair, bool]] = lambda _session, _edition: {}
    ranked: Callable[[Session, Challenge], Sequence[RankedEntry]] = lambda _session, _challenge: ()
    set_aside: Callable[[Session, Person, Entry, datetime], None] = lambda _session, _juror, _entry, _now: None
    ranked_for: Callable[[Session, Prize], Sequence[RankedEntry]] = lambda _session, _prize: ()
    may_win: Callable[[Session, Prize, Sequence[Entry]], Sequence[Entry]] = lambda _session, _prize, entries: entries
    assigned: Callable[[Session, Edition, int, Person | None, datetime], None] = lambda *_given: None


def panel_registry(app: Flask | None = None) -> PanelRegistry:
    """The registry of an application."""
    registry: PanelRegistry = (app or current_app).extensions.setdefault("hackaviz.panels", PanelRegistry())
    return registry
