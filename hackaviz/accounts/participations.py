"""Where somebody takes part: the roles we know of, then what the rooms add."""

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person, Role
from hackaviz.accounts.registry import EditionCard, Participation, account_registry
from hackaviz.accounts.roles import ROLE_NAMES


def participations(session: Session, person: Person) -> Sequence[Participation]:
    """One line per role or registration, in the order of the rooms."""
    registry = account_registry()
    cards = registry.edition_cards(session, {held.edition_id for held in person.roles})
    ours = [_as_role(held.role, card) for held in person.roles if (card := cards.get(held.edition_id)) is not None]
    return [*ours, *(line for source in registry.participations for line in source(session, person))]


def _as_role(role: Role, card: EditionCard) -> Participation:
    page = account_registry().role_pages.get(role)
    work_page = (str(page.name), url_for(page.endpoint, edition_slug=card.slug)) if page is not None else None
    return Participation(card.title, str(ROLE_NAMES[role]), card.url, work_page)
