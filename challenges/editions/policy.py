"""Who may see and organise an edition."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition, RulesVersion, Visibility
from challenges.editions.queries import SHELF, all_editions, edition_by_slug
from challenges.editions.rules import results_are_public
from hackaviz.accounts.models import Role
from hackaviz.kernel.errors import NotFound


def may_organise(person: Any, edition: Edition) -> bool:
    """Organisers of the edition, and administrators, once their address is verified."""
    if not person.is_authenticated or person.email_verified_at is None:
        return False
    return bool(person.is_administrator or person.has_role(Role.ORGANISER, edition.id))


def letters_kept_since(session: Session, reader: Any, now: datetime) -> datetime | None:
    """When the first work came that a jury may still see without names, in the editions that a reader does not run."""
    blind = [each for each in all_editions(session) if not results_are_public(each, now)]
    return min((each.submission_opens_at for each in blind if not may_organise(reader, each)), default=None)


def organises_any(person: Any) -> bool:
    """Administrators, and organisers of some edition, once their address is verified."""
    if not person.is_authenticated or person.email_verified_at is None:
        return False
    return bool(person.is_administrator or any(held.role is Role.ORGANISER for held in person.roles))


def may_see(person: Any, edition: Edition) -> bool:
    """Everyone once it is published; its organisers before. Nobody the shelf of training works."""
    if edition.slug == SHELF:
        return False
    return edition.visibility is Visibility.PUBLISHED or may_organise(person, edition)


def find_edition(session: Session, slug: str, person: Any) -> Edition:
    """The edition at an address. Raises NotFound when there is none that this person may see."""
    edition = edition_by_slug(session, slug)
    if edition is None or not may_see(person, edition):
        raise NotFound(_l("There is no edition at this address, or it is not public yet."))
    return edition


def rules_version(edition: Edition, number: int | None) -> RulesVersion:
    """A version of the rules; without number, the one in force. Raises NotFound when there is none."""
    versions = {version.number: version for version in edition.rules_versions}
    version = versions.get(number) if number is not None else edition.current_rules
    if version is None:
        raise NotFound(_l("There is no such version of the rules."))
    return version
