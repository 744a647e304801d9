"""The work of the job process on files that have arrived: look into one at a time, outside any transaction."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import update
from sqlalchemy.orm import Session

from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import BlobMissing, Storage, StorageUnavailable
from submissions.entries.deadlines import closing_of
from submissions.entries.handing_in import settle
from submissions.entries.queries import locked_entry
from submissions.entries.receipts import SigningKey
from submissions.entries.reception import Received, examine
from submissions.entries.service import note_upload
from submissions.entries.transfers.models import Transfer
from submissions.entries.transfers.queries import hand_ins_without_file, next_abandoned, next_due
from submissions.entries.transfers.rules import HandInState, TransferState
from submissions.intake.limits import Limits
from submissions.teams.queries import locked_team

log = structlog.get_logger()
MOST_ATTEMPTS = 3
# Longer than the longest an examination may take: a job that was killed is known by this.
LEASE = timedelta(minutes=3)
WAIT = timedelta(seconds=20)


@dataclass(frozen=True)
class Claimed:
    """What a job needs to know of a file outside a transaction."""

    id: int
    name: str
    file_name: str
    attempts: int


@dataclass(frozen=True)
class Desk:
    """What an examination needs of the application."""

    storage: Storage
    limits: Limits
    signing_key: SigningKey
    antivirus_url: str | None = None

    def examine_due(self, transaction: Transaction, now: datetime) -> bool:
        """Examine the oldest file that is due and note the outcome; False when none is."""
        with transaction() as session:
            claimed = _claim(session, now)
        if claimed is None:
            return False
        try:
            received = self._examine(claimed)
        except StorageUnavailable as error:
            log.warning("examination", transfer=claimed.name, error=str(error)[:300])
            with transaction() as session:
                _try_again(session, claimed, now)
            return True
        with transaction() as session:
            self._note(session, claimed, received, now)
        if received is not None:
            # Only now: until the outcome is committed, another job may have to look again.
            self.storage.incoming.discard(claimed.name, None)
        return True

    def _examine(self, claimed: Claimed) -> Received | None:
        if claimed.attempts > MOST_ATTEMPTS:
            return None
        try:
            with self.storage.incoming.on_disk(claimed.name) as path:
                return examine(
                    path,
                    claimed.file_name,
                    storage=self.storage,
                    limits=self.limits,
                    antivirus_url=self.antivirus_url,
                )
        except BlobMissing:
            log.exception("examination", transfer=claimed.name)
            return None

    def _note(self, session: Session, claimed: Claimed, received: Received | None, now: datetime) -> None:
        transfer = session.get_one(Transfer, claimed.id)
        # In the order of `hand_in`, so that the two never wait for each other.
        locked_team(session, transfer.entry.team)
        entry = locked_entry(session, transfer.entry)
        if transfer.state is not TransferState.WHOLE:
            return
        transfer.leased_until = None
        if received is None:
            transfer.state = TransferState.FAILED
        else:
            sender, began = transfer.begun_by, transfer.begun_at
            transfer.upload = note_upload(
                session, entry=entry, received=received, sent_by=sender, begun_at=began, now=now
            )
            session.flush()
            transfer.state = TransferState.EXAMINED
        settle(session, transfer, signing_key=self.signing_key, now=now)

    def settle_overdue(self, transaction: Transaction, now: datetime) -> bool:
        """Decide a hand-in whose grace has ended before its file was whole; False when there is none."""
        with transaction() as session:
            for waiting in hand_ins_without_file(session):
                state = closing_of(waiting.entry).fate(whole_at=None, is_accepted=None, now=now)
                if state is not HandInState.WAITING:
                    settle(session, waiting.transfer, signing_key=self.signing_key, now=now)
                    return True
        return False

    def give_up_abandoned(self, transaction: Transaction, now: datetime) -> bool:
        """Forget a file that began more than a day ago and never became whole; False when there is none."""
        with transaction() as session:
            transfer = next_abandoned(session, now)
            if transfer is None:
                return False
            transfer.state = TransferState.ABANDONED
            name, multipart_id = transfer.public_id, transfer.multipart_id
        self.storage.incoming.discard(name, multipart_id)
        return True


def release_files(session: Session) -> None:
    """Let the only job process begin again with what one that was killed had taken."""
    session.execute(update(Transfer).where(Transfer.state == TransferState.WHOLE).values(leased_until=None))


def _claim(session: Session, now: datetime) -> Claimed | None:
    transfer = next_due(session, now)
    if transfer is None:
        return None
    transfer.attempts += 1
    transfer.leased_until = now + LEASE
    return Claimed(transfer.id, transfer.public_id, transfer.file_name, transfer.attempts)


def _try_again(session: Session, claimed: Claimed, now: datetime) -> None:
    """The storage failed, not the file: this try does not count."""
    transfer = session.get_one(Transfer, claimed.id)
    transfer.attempts -= 1
    transfer.leased_until = now + WAIT
