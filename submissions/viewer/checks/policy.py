"""Who may read a check report: the team and the organisers. It names files and quotes the work: not for a jury."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from hackaviz.kernel.errors import NotFound
from submissions.entries.models import Entry
from submissions.entries.queries import entry_by_public_id
from submissions.teams.policy import may_see


def find_checked(session: Session, public_id: str, person: Any) -> Entry:
    """The entry whose report is at an address. Raises NotFound for those who may not read it."""
    entry = entry_by_public_id(session, public_id)
    if entry is None or not may_see(person, entry.team):
        raise NotFound(_l("There is no report at this address, or it is not yours."))
    return entry
