"""Rows that say what is due, taken by one job at a time."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from submissions.entries.models import Entry, Upload

MOST_ATTEMPTS = 3
WAIT = timedelta(minutes=1)


def claim_oldest(session: Session, table: Any, now: datetime, lease: timedelta, *may: ColumnElement[bool]) -> Any:
    """The row that is due first, taken until the lease ends, with its upload, entry and edition; None when none is.

    `may` says what must hold besides. A job that was killed is known by its lease that ended.
    """
    row = session.scalar(
        select(table)
        .where(table.state == "due", or_(table.leased_until.is_(None), table.leased_until <= now), *may)
        .order_by(table.attempts, table.id)
        .limit(1)
        .options(
            joinedload(table.upload, innerjoin=True)
            .joinedload(Upload.entry, innerjoin=True)
            .joinedload(Entry.edition, innerjoin=True)
        )
        .with_for_update(skip_locked=True, of=table)
    )
    if row is not None:
        row.attempts += 1
        row.leased_until = now + lease
    return row


def put_off(row: Any, reason: str, now: datetime) -> None:
    """One more try is due after a while."""
    row.error = reason[:1000]
    row.leased_until = now + WAIT * row.attempts
