"""Who may see what about listings."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.aims.queries import aims_are_declared
from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from hackaviz.kernel.errors import NotFound
from submissions.entries.models import Entry
from submissions.entries.queries import entry_by_public_id


def find_listing_entry(session: Session, edition: Edition, public_id: str) -> Entry:
    """A handed-in entry of the edition, for its organisers. Raises NotFound."""
    entry = entry_by_public_id(session, public_id)
    if entry is None or entry.edition_id != edition.id or entry.current_version is None:
        raise NotFound(_l("There is no handed-in entry at this address."))
    return entry


def find_listed_edition(session: Session, slug: str, person: Any) -> Edition:
    """An edition that declares aims. Raises NotFound for one without: it lists nothing."""
    edition = find_edition(session, slug, person)
    if not aims_are_declared(edition):
        raise NotFound(_l("This edition declares no ambitions and objectives, so it lists no works."))
    return edition
