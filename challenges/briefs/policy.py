"""Who may see a challenge."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.briefs.queries import challenge_by_slug
from challenges.editions.models import Edition, Visibility
from challenges.editions.policy import may_organise, may_see
from hackaviz.kernel.errors import NotFound


def may_see_challenge(person: Any, challenge: Challenge) -> bool:
    """Everyone once it and its edition are published; organisers before."""
    if may_organise(person, challenge.edition):
        return True
    return challenge.visibility is Visibility.PUBLISHED and may_see(person, challenge.edition)


def find_challenge(session: Session, *, edition: Edition, slug: str, person: Any) -> Challenge:
    """The challenge at an address. Raises NotFound when there is none that this person may see."""
    challenge = challenge_by_slug(session, edition, slug)
    if challenge is None or not may_see_challenge(person, challenge):
        raise NotFound(_l("There is no challenge at this address, or it is not public yet."))
    return challenge
