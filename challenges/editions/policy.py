"""Who may see and organise an edition."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition, Visibility
from challenges.editions.queries import edition_by_slug
from hackaviz.accounts.models import Role
from hackaviz.kernel.errors import NotFound


def may_organise(person: Any, edition: Edition) -> bool:
    """Organisers of the edition, and administrators."""
    return bool(person.is_authenticated and (person.is_administrator or person.has_role(Role.ORGANISER, edition.id)))


def may_see(person: Any, edition: Edition) -> bool:
    """Everyone once it is published; its organisers before."""
    return edition.visibility is Visibility.PUBLISHED or may_organise(person, edition)


def find_edition(session: Session, slug: str, person: Any) -> Edition:
    """The edition at an address. Raises NotFound when there is none that this person may see."""
    edition = edition_by_slug(session, slug)
    if edition is None or not may_see(person, edition):
        raise NotFound(_l("There is no edition at this address, or it is not public yet."))
    return edition
