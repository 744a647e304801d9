"""Results as tests publish them, and a word that only the winner has: where it shows, somebody learns who won."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from judging.results.models import Publication
from judging.results.service import schedule

CANARY = "Zanzibar-the-winner"


def publish(session: Session, edition: Edition, until_public: timedelta = timedelta(0)) -> Publication:
    """Seal the results; they are public at once, or after this time."""
    now = datetime.now(UTC)
    return schedule(session, edition=edition, public_at=now + until_public, actor=None, now=now)
