"""Blobs that no row names, as a refused request or a killed process leaves them: forgotten after a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import JSON, Text, cast, column, inspect, select, table
from sqlalchemy.orm import Session

from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage
from hackaviz.kernel.storage.blobs import KEY
from hackaviz.web.database import sessions

STORED = "sha256/"
KEPT_FOR = timedelta(days=1)
SWEPT_EVERY = timedelta(hours=6)
# More at once, and more than are named, is no leftover: the database is not the one of this storage.
MOST_AT_ONCE = 100
log = structlog.get_logger()


@dataclass
class Leftovers:
    """Sweeps the storage now and then: every row has to be asked."""

    storage: Storage
    swept_at: datetime | None = None

    def sweep(self, _transaction: Transaction, now: datetime) -> bool:
        """Forget what was written more than a day ago and is named by no row. False: one sweep finds all there is."""
        if self.swept_at is not None and now < self.swept_at + SWEPT_EVERY:
            return False
        before = now - KEPT_FOR
        # Listed before the rows are read: what is named meanwhile was written again, and stays.
        old = set(self.storage.keys(before=before))
        with sessions().reading() as session:
            named = named_keys(session)
        self.swept_at = now
        unnamed = old - named
        if len(unnamed) > max(MOST_AT_ONCE, len(named)):
            log.warning("blobs unnamed", kept=len(unnamed))
            return False
        for key in unnamed:
            self.storage.delete(key, before=before)
        if unnamed:
            log.info("blobs unnamed", forgotten=len(unnamed))
        return False


def named_keys(session: Session) -> set[str]:
    """Every key of a blob that some row names."""
    return {key for _name, _column, key in namings(session)}


def namings(session: Session) -> Iterator[tuple[str, str, str]]:
    """Every table, column and key of a blob that it names: columns called `…_key`, and lists and objects of keys."""
    inspector = inspect(session.connection())
    for name in inspector.get_table_names():
        for each in inspector.get_columns(name):
            if isinstance(each["type"], JSON) or each["name"].endswith("_key"):
                words = cast(column(each["name"]), Text)
                query = select(words).select_from(table(name)).where(words.contains(STORED)).distinct()
                for text in session.scalars(query):
                    yield from ((name, each["name"], key) for key in KEY.findall(text))
