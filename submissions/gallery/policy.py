"""Who may see an entry's page."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.policy import may_organise
from hackaviz.kernel.errors import NotFound
from submissions.entries.models import Entry
from submissions.entries.policy import is_public
from submissions.gallery.queries import public_entry
from submissions.teams.policy import is_member


def may_see_entry(person: Any, entry: Entry, now: datetime) -> bool:
    """Everybody once it is public; before, its team and the organisers, from its first version on."""
    if is_public(entry, now):
        return True
    may_look_ahead = is_member(person, entry.team) or may_organise(person, entry.edition)
    return entry.current_version_id is not None and may_look_ahead


def find_entry(session: Session, public_id: str, person: Any, now: datetime) -> Entry:
    """The entry at an address. Raises NotFound when there is none that this person may see."""
    entry = public_entry(session, public_id)
    if entry is None or not may_see_entry(person, entry, now):
        raise NotFound(_l("There is no work at this address, or it is not public yet."))
    return entry
