"""Who may see what a sponsor gave."""

from typing import Any, TypeVar

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.policy import may_organise
from challenges.editions.queries import all_editions, edition_by_slug
from challenges.sponsors.models import Pledge, Prize, Sponsor
from challenges.sponsors.queries import pledge_by_id, prize_by_id, sponsor_by_id
from hackaviz.accounts.models import Role
from hackaviz.kernel.errors import NotFound
from hackaviz.web.database import current_session

Row = TypeVar("Row", Sponsor, Pledge, Prize)


def sponsors_represented_by(person: Any, edition: Edition) -> list[int]:
    """The sponsors that this person is a contact of."""
    return [
        role.sponsor_id
        for role in person.roles
        if role.role is Role.SPONSOR and role.edition_id == edition.id and role.sponsor_id is not None
    ]


def represents_a_sponsor(person: Any, address: dict[str, Any]) -> bool:
    """Audience "sponsor-contact": contacts of a sponsor of the edition in the address."""
    edition = edition_by_slug(current_session(), str(address["edition_slug"]))
    return edition is not None and bool(sponsors_represented_by(person, edition))


def find_sponsor(session: Session, edition: Edition, sponsor_id: int) -> Sponsor:
    """A sponsor of this edition. Raises NotFound."""
    return _found(sponsor_by_id(session, edition, sponsor_id))


def find_pledge(session: Session, edition: Edition, pledge_id: int) -> Pledge:
    """A pledge to this edition. Raises NotFound."""
    return _found(pledge_by_id(session, edition, pledge_id))


def find_prize(session: Session, edition: Edition, prize_id: int) -> Prize:
    """A prize of this edition. Raises NotFound."""
    return _found(prize_by_id(session, edition, prize_id))


def other_editions(session: Session, edition: Edition, person: Any) -> list[Edition]:
    """The other editions that a person organises: money may go over to these."""
    return [each for each in all_editions(session) if each.id != edition.id and may_organise(person, each)]


def _found(row: Row | None) -> Row:
    if row is None:
        raise NotFound(_l("This edition has nothing at this address."))
    return row
