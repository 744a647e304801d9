"""What the chair does while the jury meets: note who is there, and put entries on the table."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict
from judging.deliberation.models import Attendance, Meeting
from judging.deliberation.queries import attendances_of, meeting_of
from judging.panels.queries import jurors_of
from submissions.entries.models import Entry


def put_on_table(
    session: Session,
    *,
    edition: Edition,
    challenge: Challenge | None,
    entry: Entry | None,
    actor: Person | None,
    now: datetime,
) -> None:
    """Show an entry, a whole challenge or, with neither, nothing on every screen of the meeting.

    Putting there what is there changes nothing. Raises Conflict unless the meeting is open.
    """
    meeting = _open_meeting(session, edition)
    shown = challenge.id if challenge else None, entry.id if entry else None
    if shown == (meeting.challenge_id, meeting.entry_id):
        return
    meeting.challenge_id, meeting.entry_id = shown
    meeting.turn += 1
    facts = {"challenge": challenge.number if challenge else None, "entry": entry.code if entry else None}
    record(session, "meeting.show", subject=meeting, actor=actor, now=now, edition_id=edition.id, **facts)


def note_attendance(
    session: Session, *, edition: Edition, present: Collection[int], actor: Person | None, now: datetime
) -> None:
    """Note which jurors (numbers of rows) are there: newcomers arrive now, those no longer named leave now.

    Raises Conflict unless the meeting is open.
    """
    meeting = _open_meeting(session, edition)
    jurors = {juror.id for juror in jurors_of(session, edition)}
    stays = {stay.juror_id: stay for stay in attendances_of(session, edition) if stay.left_at is None}
    arrived, left = sorted(jurors & set(present) - stays.keys()), sorted(stays.keys() - set(present))
    if not arrived and not left:
        return
    noted_by = actor.id if actor else None
    noted: dict[str, Any] = {"meeting_id": meeting.id, "arrived_at": now, "noted_by_id": noted_by}
    session.add_all(Attendance(juror_id=each, **noted) for each in arrived)
    for each in left:
        stays[each].left_at = now
    facts = {"arrived": arrived, "left": left}
    record(session, "meeting.attendance", subject=meeting, actor=actor, now=now, edition_id=edition.id, **facts)


def _open_meeting(session: Session, edition: Edition) -> Meeting:
    lock_row(session, edition)
    meeting = meeting_of(session, edition)
    if meeting is None or not meeting.is_open:
        raise Conflict(_l("The meeting is not open. Open it first; nothing was changed."))
    return meeting
