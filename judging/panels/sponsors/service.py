"""What organisers do with a sponsor's own panel: seat a juror for its prize, hand out the entries that can win it."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.models import Prize
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict as Refusal
from judging.panels.hints import recused_pairs
from judging.panels.models import JurySeat
from judging.panels.queries import assignments_of
from judging.panels.registry import panel_registry
from judging.panels.service import ReviewBegun, change_assignments, lock_panel, seat_of
from judging.panels.sponsors.queries import entries_for_prize


def seat_for_prize(
    session: Session, *, edition: Edition, juror: Person, prize: Prize | None, actor: Person, now: datetime
) -> None:
    """Let a juror judge for one prize alone, by the entries that can win it; None brings them back to the jury.

    Raises ReviewBegun once they have begun a review, which would change what it counts for.
    """
    lock_panel(session, edition)
    if any(person == juror.id for person, _entry in panel_registry().finished(session, edition)):
        raise ReviewBegun(
            _l("%(juror)s has begun a review: it goes on counting for what it was begun for.", juror=juror.name)
        )
    held = {(juror.id, each.entry_id) for each in assignments_of(session, edition) if each.juror_id == juror.id}
    acted: dict[str, Any] = {"actor": actor, "now": now}
    change_assignments(session, edition=edition, added=(), removed=held, **acted)
    seat = seat_of(session, edition, juror)
    seat.prize, seat.is_lead = prize, seat.is_lead and prize is None
    session.flush()
    facts: dict[str, Any] = {"prize_id": prize.id if prize else None}
    record(session, "juror.seat_for_prize", subject=juror, edition_id=edition.id, **facts, **acted)
    if prize is not None:
        hand_out(session, edition=edition, seat=seat, **acted)


def hand_out(session: Session, *, edition: Edition, seat: JurySeat, actor: Person, now: datetime) -> int:
    """Ask a sponsor's juror for every entry that can win the prize, and for no other; say how many came.

    Conflicts, settled or not, are left out, and reviews that have begun stay. Raises Refusal for a juror of the jury.
    """
    lock_panel(session, edition)
    if seat.prize is None:
        raise Refusal(_l("%(juror)s judges for the jury, not for a prize.", juror=seat.juror.name))
    juror, begun = seat.juror_id, panel_registry().finished(session, edition)
    wanted = {(juror, entry.id) for entry in entries_for_prize(session, seat.prize)} - recused_pairs(session, edition)
    held = {(juror, each.entry_id) for each in assignments_of(session, edition) if each.juror_id == juror}
    changed: dict[str, Any] = {"added": wanted, "removed": held - wanted - begun.keys()}
    change_assignments(session, edition=edition, **changed, actor=actor, now=now)
    return len(wanted - held)
