"""What the meeting keeps of a person, for their own copy of their data."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from judging.deliberation.models import Attendance, Meeting


def export_attendances(session: Session, person: Person) -> list[dict[str, Any]]:
    """When a person was noted as present at a jury's meeting."""
    stays = select(Edition.slug, Attendance).join(Meeting, Meeting.id == Attendance.meeting_id)
    query = stays.join(Edition, Edition.id == Meeting.edition_id).where(Attendance.juror_id == person.id)
    return [
        {
            "edition": slug,
            "arrived_at": stay.arrived_at.isoformat(),
            "left_at": stay.left_at.isoformat() if stay.left_at else None,
        }
        for slug, stay in session.execute(query.order_by(Attendance.id))
    ]
