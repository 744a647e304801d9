"""The log of marks: every save of a review as it was, an append-only chain for each edition.

A comment stands in it as a salted commitment: the chain can be shown to anybody and tells none of them, and it holds
when a comment has to go. What was edited behind the application's back differs from the log, or breaks it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from secrets import token_hex
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.editions.models import Edition
from judging.scoring.chain import commitment, next_link, verify_chain
from judging.scoring.models import MarkEntry, Review
from submissions.entries.models import Entry

ReviewKey = tuple[str, str]


class Act(StrEnum):
    """Why a link was added. A review set aside by a conflict counts no more."""

    SAVE = "save"
    FINISH = "finish"
    REOPEN = "reopen"
    SET_ASIDE = "set-aside"


def append(session: Session, *, review: Review, act: Act, now: datetime) -> MarkEntry:
    """Add the review as it stands to its edition's chain. The caller holds `panels.service.lock_panel`."""
    edition_id, salt = review.entry.edition_id, token_hex(16)
    content = {"act": act.value, "at": now.astimezone(UTC).isoformat(), **_state(review, salt)}
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
    for review in _reviews(session, edition):
        row = logged.pop((review.juror.public_id, review.entry.code), None)
        if row is None or _state(review, row.salt) != {key: row.content[key] for key in _state(review, row.salt)}:
            problems.append(f"The review of {review.entry.code} by {review.juror.public_id} differs from the log.")
    problems += [f"The review of {entry} by {juror} is in the log, and gone." for juror, entry in logged]
    return problems


def _state(review: Review, salt: str) -> dict[str, Any]:
    return {
        "entry": review.entry.code,
        "juror": review.juror.public_id,
        "revision": review.revision,
        "marks": {str(mark.criterion_id): mark.value for mark in review.marks},
        "comments_sha256": commitment(salt, review.comment_to_team, review.comment_private),
        "finished": review.finished_at is not None,
    }


def _last(session: Session, edition_id: int) -> MarkEntry | None:
    query = select(MarkEntry).where(MarkEntry.edition_id == edition_id).order_by(MarkEntry.number.desc()).limit(1)
    return session.scalar(query)


def _reviews(session: Session, edition: Edition) -> Sequence[Review]:
    whole = (joinedload(Review.juror), joinedload(Review.entry), selectinload(Review.marks))
    query = select(Review).join(Review.entry).where(Entry.edition_id == edition.id)
    return session.scalars(query.options(*whole).order_by(Review.id)).all()
