"""Rows that say what is due, taken by one job at a time, and the way in which every such row is worked off."""

from abc import ABC, abstractmethod
from datetime import datetime, timedelta
from typing import Any, ClassVar

import structlog
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.confined import ConfinedError
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import BlobMissing, StorageUnavailable
from submissions.entries.models import Entry, Upload
from submissions.viewer.browser import NoPicture

MOST_ATTEMPTS = 3
WAIT = timedelta(minutes=1)
log = structlog.get_logger()


class Craft(ABC):
    """How one kind of row that is due is worked off: claimed, made outside any transaction, noted."""

    most_attempts: ClassVar[int] = MOST_ATTEMPTS

    @abstractmethod
    def claim(self, session: Session, now: datetime) -> Any:
        """The row that is due first, taken until its lease ends; None when none is."""

    @abstractmethod
    def make(self, claimed: Any, transaction: Transaction) -> Any:
        """What the row asks for. Raises ConfinedError, NoPicture, BlobMissing or StorageUnavailable."""

    @abstractmethod
    def instead(self, claimed: Any, reason: str) -> Any:
        """What stands in for it once the last attempt has failed too."""

    @abstractmethod
    def note(self, session: Session, row_id: int, made: Any) -> None:
        """Write down what was made."""

    def make_due(self, transaction: Transaction, now: datetime) -> bool:
        """Make what has been due longest and note the outcome; False when nothing is."""
        with transaction() as session:
            claimed = self.claim(session, now)
        if claimed is None:
            return False
        try:
            made = self._made(claimed, transaction)
        except (ConfinedError, NoPicture, BlobMissing, StorageUnavailable) as error:
            facts = {"upload": claimed.upload.public_id, "attempt": claimed.attempts, "error": str(error)[:300]}
            log.warning(claimed.__tablename__, **facts)
            with transaction() as session:
                put_off(session.get_one(type(claimed), claimed.id), error, utc_now())
            return True
        with transaction() as session:
            self.note(session, claimed.id, made)
        return True

    def _made(self, claimed: Any, transaction: Transaction) -> Any:
        try:
            return self.make(claimed, transaction)
        except (ConfinedError, NoPicture, BlobMissing) as error:
            if claimed.attempts < self.most_attempts:
                raise
            return self.instead(claimed, str(error)[:1000])


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


def put_off(row: Any, error: Exception, now: datetime) -> None:
    """One more try is due after a while. Where the storage failed, not the work, this one does not count."""
    row.leased_until = now + WAIT * row.attempts
    if isinstance(error, StorageUnavailable):
        row.attempts -= 1
    else:
        row.error = str(error)[:1000]
