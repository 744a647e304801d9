"""Where somebody takes part: the roles we know of, then what the rooms add."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person
from hackaviz.accounts.registry import Participation, account_registry
from hackaviz.accounts.roles import ROLE_NAMES


def participations(session: Session, person: Person) -> Sequence[Participation]:
    """One line per role or registration, in the order of the rooms."""
    registry = account_registry()
    cards = registry.edition_cards(session, {held.edition_id for held in person.roles})
    ours = [
        Participation(edition=card.title, label=str(ROLE_NAMES[held.role]), url=card.url)
        for held in person.roles
        if (card := cards.get(held.edition_id)) is not None
    ]
    return [*ours, *(line for source in registry.participations for line in source(session, person))]
