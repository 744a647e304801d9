"""What organisers are told when the antivirus finds something later in a work that their jury trains with."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Role
from hackaviz.accounts.queries import people_with_role
from hackaviz.web.letters import write_letter
from judging.scoring.calibration.models import TrainingWork
from judging.scoring.calibration.queries import IS_UPLOADED
from submissions.entries.models import Entry, EntryVersion, Upload


def write_infected(session: Session, upload: Upload, signature: str, now: datetime) -> None:
    """A letter to the organisers of every edition whose jury scores this file first; to nobody for other files."""
    shown = or_(IS_UPLOADED, EntryVersion.upload_id == upload.id)
    query = select(TrainingWork).join(TrainingWork.entry).outerjoin(Entry.current_version)
    for work in session.scalars(query.where(Entry.id == upload.entry_id, shown)):
        edition = session.get_one(Edition, work.edition_id)
        for organiser in people_with_role(session, edition.id, Role.ORGANISER):
            to = {"recipient": organiser.email, "language": organiser.language}
            key = f"training-infected/{upload.public_id}/{edition.id}/{organiser.public_id}"
            facts: dict[str, Any] = {"person": organiser, "edition": edition, "work": work, "upload": upload}
            write_letter(session, "training_infected", now=now, unique_key=key, signature=signature, **to, **facts)
