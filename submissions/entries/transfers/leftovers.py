"""Bytes that a killed process or a dropped line has left in the storage, and that no transfer needs any more."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage
from submissions.entries.transfers.queries import names_on_their_way
from submissions.entries.transfers.rules import ABANDONED_AFTER

WORK = "leftovers"
EVERY = timedelta(hours=1)
log = structlog.get_logger()


@dataclass
class Sweeper:
    """Sweeps the storage once an hour: a bucket counts each question."""

    storage: Storage
    swept_at: datetime | None = None

    def sweep(self, transaction: Transaction, now: datetime) -> bool:
        """Discard what has lain for a day and is in use by nobody. False: one sweep finds all there is."""
        if self.swept_at is not None and now < self.swept_at + EVERY:
            return False
        before = now - ABANDONED_AFTER
        unfinished = self.storage.discard_unfinished(before=before)
        left = self.storage.incoming.untouched(since=before)
        with transaction() as session:
            # After the list was made: whatever begins later has a name that is not in it.
            needed = names_on_their_way(session)
        swept = [(name, multipart_id) for name, multipart_id in left if name not in needed]
        for name, multipart_id in swept:
            self.storage.incoming.discard(name, multipart_id)
        self.swept_at = now
        if unfinished or swept:
            log.info("leftovers", unfinished=unfinished, incoming=len(swept))
        return False
