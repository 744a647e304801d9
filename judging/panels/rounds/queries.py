"""Named reads of rounds."""

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from judging.panels.rounds.models import Finalist, Round, RoundKind
from submissions.entries.models import Entry


def rounds_of(session: Session, edition: Edition) -> Mapping[RoundKind, Round]:
    """The rounds of an edition, qualification first; empty where all is one."""
    query = select(Round).where(Round.edition_id == edition.id).order_by(Round.opens_at, Round.id)
    return {each.kind: each for each in session.scalars(query)}


def round_of(session: Session, edition: Edition, kind: RoundKind) -> Round | None:
    """One of them."""
    return session.scalar(select(Round).where(Round.edition_id == edition.id, Round.kind == kind))


def finalists_of(session: Session, edition: Edition) -> set[int]:
    """The entries (numbers of rows) confirmed for the second round; empty without one."""
    query = select(Finalist.entry_id).join(Finalist.round).where(Round.edition_id == edition.id)
    return set(session.scalars(query))


def finalists_by_challenge(session: Session, edition: Edition) -> Mapping[int, list[str]]:
    """The codes of the confirmed entries of each challenge that has some, in order: challenge → codes."""
    query = select(Entry).join(Finalist, Finalist.entry_id == Entry.id).join(Finalist.round)
    found = defaultdict[int, list[str]](list)
    for entry in session.scalars(query.where(Round.edition_id == edition.id).order_by(Entry.number)):
        found[entry.challenge_id].append(entry.code)
    return found


def finalists_count(session: Session, round_: Round) -> int:
    """How many entries were confirmed for a round."""
    return session.scalar(select(func.count(Finalist.id)).where(Finalist.round_id == round_.id)) or 0
