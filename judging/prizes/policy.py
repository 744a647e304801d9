"""Which awards an organiser may open."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.kernel.errors import NotFound
from judging.prizes.models import Award
from judging.prizes.queries import award_by_id


def find_award(session: Session, edition: Edition, award_id: int) -> Award:
    """An award of this edition. Raises NotFound."""
    award = award_by_id(session, edition, award_id)
    if award is None:
        raise NotFound(_l("This edition has no such award."))
    return award
