"""Named reads of editions."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from challenges.editions.models import Edition, Visibility


def edition_by_slug(session: Session, slug: str) -> Edition | None:
    """One edition with its rules, drafts included."""
    return session.scalar(select(Edition).where(Edition.slug == slug).options(selectinload(Edition.rules_versions)))


def published_editions(session: Session) -> Sequence[Edition]:
    """Every published edition, the newest first."""
    query = select(Edition).where(Edition.visibility == Visibility.PUBLISHED).order_by(Edition.submission_closes_at.desc())
    return session.scalars(query).all()


def all_editions(session: Session) -> Sequence[Edition]:
    """Every edition, drafts included, the newest first."""
    return session.scalars(select(Edition).order_by(Edition.submission_closes_at.desc())).all()
