"""What was published is kept as it was by the database itself; its date can be taken back."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from challenges.editions.rules import Phase
from judging.results.service import schedule
from tests.factories import make_edition

CHANGES = (
    """UPDATE publications SET snapshot = '{"schema": "forged"}'""",
    "UPDATE publications SET snapshot_sha256 = 'forged'",
    "UPDATE publications SET number = 7",
    "UPDATE publications SET reason = 'as it always was'",
    "DELETE FROM publications",
)


@pytest.fixture
def published(app, session, now):
    """A publication of an edition without challenges."""
    edition = make_edition(session, Phase.DELIBERATION, now=now)
    published = schedule(session, edition=edition, public_at=now, actor=None, now=now)
    session.commit()
    return published


def test_nobody_rewrites_or_deletes_a_publication_by_hand(session, published):
    for change in CHANGES:
        with pytest.raises(IntegrityError, match="stays as it was"), session.begin_nested():
            session.execute(text(change))


def test_the_date_of_a_publication_can_be_moved_and_taken_back(session, published):
    session.execute(text("UPDATE publications SET public_at = '2027-01-01', withdrawn_at = '2026-12-01'"))
    session.refresh(published)
    assert published.withdrawn_at is not None and published.public_at.year == 2027
