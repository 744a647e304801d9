"""The log of marks: every save of a review as it was, an append-only chain for each edition.

Jurors stand in it under their pseudonyms, a comment as a salted commitment: the chain can be shown to anybody and tells
none of them, and it holds when a comment has to go. What was edited behind the application's back differs from the log,
or breaks it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from secrets import token_hex
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.editions.models import Edition
from judging.panels.pseudonyms import pseudonym_of, pseudonyms_of
from judging.panels.queries import conflicted_pairs
from judging.scoring.chain import commitment, next_link, verify_chain
from judging.scoring.models import MarkEntry, Review
from submissions.entries.models import Entry

# A pseudonym and the code of an entry.
ReviewKey = tuple[str, str]
# Whoever has no pseudonym has nothing in the log.
UNNAMED = "a juror without pseudonym"


class Act(StrEnum):
    """Why a link was added. A review set aside by a conflict counts no more."""

    SAVE = "save"
    FINISH = "finish"
    REOPEN = "reopen"
    SET_ASIDE = "set-aside"


def append(session: Session, *, review: Review, act: Act, now: datetime) -> MarkEntry:
    """Add the review as it stands to its edition's chain. The caller holds `panels.service.lock_panel`."""
    edition_id, salt = review.entry.edition_id, token_hex(16)
    pseudonym = pseudonym_of(session, edition_id, review.juror_id)
    content = {"act": act.value, "at": now.astimezone(UTC).isoformat(), **_state(review, pseudonym, salt)}
    link = next_link(_last(session, edition_id), content)
    row = MarkEntry(edition_id=edition_id, at=now, salt=salt, **vars(link))
    session.add(row)
    session.flush()
    return row


def chain_of(session: Session, edition: Edition) -> Sequence[MarkEntry]:
    """Every link of an edition, in order; the last one's digest stands for all."""
    query = select(MarkEntry).where(MarkEntry.edition_id == edition.id).order_by(MarkEntry.number)
    return session.scalars(query).all()


def problems_of(session: Session, edition: Edition) -> list[str]:
    """What is wrong with the log, and where a review differs from it; nothing when all is as people left it."""
    rows = chain_of(session, edition)
    logged: dict[ReviewKey, MarkEntry] = {(row.content["juror"], row.content["entry"]): row for row in rows}
    problems = verify_chain(rows)
    pseudonyms, barred = pseudonyms_of(session, edition), conflicted_pairs(session, edition)
    for review in _reviews(session, edition):
        pseudonym = pseudonyms.get(review.juror_id, UNNAMED)
        row = logged.pop((pseudonym, review.entry.code), None)
        is_barred = (review.juror_id, review.entry_id) in barred
        if row is None or _differs(review, pseudonym, row) or (row.content["act"] == Act.SET_ASIDE) != is_barred:
            problems.append(f"The review of {review.entry.code} by {pseudonym} differs from the log.")
    problems += [f"The review of {entry} by {juror} is in the log, and gone." for juror, entry in logged]
    return problems


def _differs(review: Review, pseudonym: str, row: MarkEntry) -> bool:
    state = _state(review, pseudonym, row.salt)
    return state != {key: row.content[key] for key in state}


def _state(review: Review, pseudonym: str, salt: str) -> dict[str, Any]:
    return {
        "entry": review.entry.code,
        "juror": pseudonym,
        "revision": review.revision,
        "marks": {str(mark.criterion_id): mark.value for mark in review.marks},
        "comments_sha256": commitment(salt, review.comment_to_team, review.comment_private),
        "finished": review.finished_at is not None,
    }


def _last(session: Session, edition_id: int) -> MarkEntry | None:
    query = select(MarkEntry).where(MarkEntry.edition_id == edition_id).order_by(MarkEntry.number.desc()).limit(1)
    return session.scalar(query)


def _reviews(session: Session, edition: Edition) -> Sequence[Review]:
    whole = (joinedload(Review.entry), selectinload(Review.marks))
    query = select(Review).join(Review.entry).where(Entry.edition_id == edition.id)
    return session.scalars(query.options(*whole).order_by(Review.id)).all()
