"""Who may look at a work because they compare it with others."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from hackaviz.accounts.models import Role
from judging.scoring.duels.queries import duelling_entries, voting_of
from judging.scoring.duels.rules import duels_are_open
from submissions.entries.models import Upload


def may_compare_work(session: Session, person: Any, upload: Upload, now: datetime) -> bool:
    """A juror, while duels are open, for the work that was handed in and is theirs to compare."""
    entry = upload.entry
    if entry.current_version is None or entry.current_version.upload_id != upload.id:
        return False
    if not person.is_authenticated or not person.has_role(Role.JUROR, entry.edition_id):
        return False
    voting = voting_of(session, entry.edition)
    if voting is None or not duels_are_open(voting, now):
        return False
    groups = duelling_entries(session, voting, person)
    return any(entry.id == each.id for each in groups.get(entry.challenge_id, ()))
