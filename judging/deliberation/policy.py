"""Who follows a meeting, who leads it, when it votes, and who may look at a work while it is discussed."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.policy import may_organise
from challenges.editions.rules import results_are_public
from hackaviz.accounts.models import Person, Role
from judging.deliberation.queries import meeting_of
from judging.panels.hints import recused_pairs
from judging.panels.models import ClearedHint, Conflict
from judging.panels.queries import jurors_of, seats_of
from submissions.entries.models import Entry, Upload


def leads(session: Session, person: Any, edition: Edition) -> bool:
    """Organisers, and the jurors who lead the jury."""
    if may_organise(person, edition):
        return True
    seat = seats_of(session, edition).get(person.id)
    return seat is not None and seat.is_lead and person.has_role(Role.JUROR, edition.id)


def is_frozen(edition: Edition, now: datetime) -> bool:
    """Whether results wait for their date: what is to be published then is not voted on any more."""
    return edition.results_public_at is not None and not results_are_public(edition, now)


def may_open_at_meeting(session: Session, person: Any, upload: Upload) -> bool:
    """A juror may look at every work of an open meeting, but those that they have a conflict with, settled or not."""
    entry = upload.entry
    if not person.is_authenticated or entry.current_version is None or entry.current_version.upload_id != upload.id:
        return False
    meeting = meeting_of(session, entry.edition)
    if meeting is None or not meeting.is_open or person not in jurors_of(session, entry.edition):
        return False
    return (person.id, entry.id) not in recused_pairs(session, entry.edition)


def times_settled(session: Session, juror: Person, entry: Entry) -> int:
    """Grows when a conflict between them is declared or found to be none: what the juror may see then changes."""
    counts = [
        select(func.count(table.id)).where(table.juror_id == juror.id, table.entry_id == entry.id).scalar_subquery()
        for table in (Conflict, ClearedHint)
    ]
    return session.scalar(select(counts[0] + counts[1])) or 0
