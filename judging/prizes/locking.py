"""The locks of whoever awards, funds and pays, always in one order: edition, pledges by number, award, accounts.

What was read before the wait is forgotten, so that every decision is taken on what the others have left.
"""

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import ObjectDeletedError

from challenges.editions.models import Edition
from challenges.sponsors.models import Pledge
from hackaviz.kernel.database import hold_row
from hackaviz.kernel.errors import Conflict
from judging.prizes.models import Award


def lock_awards(session: Session, edition: Edition) -> None:
    """Wait for everybody who awards in this edition, or moves money of its pledges."""
    hold_row(session, edition)
    pledges = select(Pledge.id).where(Pledge.edition_id == edition.id).order_by(Pledge.id)
    session.execute(pledges.with_for_update(key_share=True)).all()
    session.expire_all()


def lock_award(session: Session, edition: Edition, award: Award) -> None:
    """The same, for one award. Raises Conflict when it was taken back meanwhile."""
    lock_awards(session, edition)
    try:
        hold_row(session, award)
        session.refresh(award)
    except ObjectDeletedError as error:
        raise Conflict(
            _l("This award was taken back meanwhile. Nothing was changed. Look at the awards again.")
        ) from error
