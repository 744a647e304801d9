"""Fetching what a frozen copy is made of, in the job process: guarded, capped, looked into in a confined process."""

import tempfile
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from challenges.catalogue.files import LARGEST_FILE, KeptFile, keep_file
from challenges.catalogue.snapshots.models import DatasetSnapshot
from challenges.catalogue.snapshots.queries import due_copy
from challenges.catalogue.snapshots.rules import MOST_ATTEMPTS, SnapshotState, next_try
from hackaviz.kernel.audit import record
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.fetch.errors import FetchError
from hackaviz.kernel.fetch.fetching import Fetcher, FetchLimits
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage

LIMITS = FetchLimits(bytes=LARGEST_FILE, seconds=120.0)


@dataclass(frozen=True)
class Freezer:
    """Makes the copies that wait."""

    storage: Storage
    fetcher: Fetcher

    def freeze_due(self, transaction: Transaction, now: datetime) -> bool:
        """Fetch the file that has waited longest, and note the outcome; False when none waits."""
        with transaction() as session:
            claimed = due_copy(session, now)
            if claimed is not None:
                claimed.attempts += 1
                claimed.due_at = next_try(claimed.attempts, now)
        if claimed is None:
            return False
        outcome = self._fetch(claimed)
        with transaction() as session:
            copy = session.get(DatasetSnapshot, claimed.id)
            # Whoever let it go meanwhile needs it no more; the storage is swept.
            if copy is not None:
                _note(session, copy, outcome, utc_now())
        return True

    def _fetch(self, copy: DatasetSnapshot) -> KeptFile | str:
        """The file, stored and looked into, or the code of why there is none."""
        with tempfile.TemporaryFile(prefix="frozen-") as target:
            try:
                self.fetcher.fetch(copy.url, target)
                target.seek(0)
                return keep_file(self.storage, stream=target, file_name=copy.file_name)
            except (FetchError, Invalid) as error:
                return error.code


def _note(session: Session, copy: DatasetSnapshot, outcome: KeptFile | str, now: datetime) -> None:
    if isinstance(outcome, str):
        copy.failure = outcome
        copy.state = SnapshotState.FAILED if copy.attempts >= MOST_ATTEMPTS else SnapshotState.WAITING
        return
    copy.storage_key, copy.bytes, copy.sha256 = outcome.blob.key, outcome.blob.bytes, outcome.blob.sha256
    copy.inspection, copy.taken_at, copy.failure = outcome.inspection, now, ""
    copy.format = outcome.format if outcome.format != "other" else copy.format
    copy.state = SnapshotState.KEPT
    facts = {"file": copy.file_name, "sha256": copy.sha256}
    record(session, "dataset.freeze", subject=copy, actor=None, now=now, edition_id=copy.edition_id, **facts)
