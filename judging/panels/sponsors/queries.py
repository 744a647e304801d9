"""Named reads of sponsors' own panels."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.models import Prize
from judging.panels.registry import panel_registry
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries


def prizes_offered(session: Session, edition: Edition) -> Sequence[Prize]:
    """The prizes of an edition, those of challenges first."""
    query = select(Prize).where(Prize.edition_id == edition.id)
    return session.scalars(query.order_by(Prize.challenge_id.is_(None), Prize.challenge_id, Prize.place)).all()


def entries_for_prize(session: Session, prize: Prize) -> list[Entry]:
    """The handed-in entries that can win a prize: of its challenge where it has one, and as its conditions allow."""
    entries = handed_in_entries(session, session.get_one(Edition, prize.edition_id))
    concerned = [entry for entry in entries if prize.challenge_id in {None, entry.challenge_id}]
    return list(panel_registry().may_win(session, prize, concerned))
