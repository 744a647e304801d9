"""Verbs on files on their way: begun, whole, cancelled, given up. Each records the act; none commits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import hold_row, lock_row
from hackaviz.web.jobs import wake
from submissions.entries.deadlines import require_open_draft
from submissions.entries.models import Entry
from submissions.entries.refusals import FileTooLarge
from submissions.entries.transfers.models import Transfer
from submissions.entries.transfers.queries import bytes_of_entry, is_awaited
from submissions.entries.transfers.refusals import HandInWaits, NothingToSend, NotOnItsWay, QuotaUsed
from submissions.entries.transfers.rules import FILES_OF_A_TEAM, TransferState

WORK = "examinations"


@dataclass(frozen=True)
class Announced:
    """What a browser says of a file before it sends it. `fingerprint` is what it will know the file by."""

    file_name: str
    bytes: int
    fingerprint: str = ""


def require_room(session: Session, entry: Entry, announced: Announced, limit: int) -> None:
    """Raises NothingToSend, FileTooLarge or QuotaUsed; `limit` is in bytes, for one file."""
    if announced.bytes < 1:
        raise NothingToSend
    if announced.bytes > limit:
        raise FileTooLarge(limit)
    if bytes_of_entry(session, entry) + announced.bytes > FILES_OF_A_TEAM * limit:
        raise QuotaUsed(FILES_OF_A_TEAM * limit)


def begin(
    session: Session,
    *,
    entry: Entry,
    announced: Announced,
    name: str,
    multipart_id: str | None,
    limit: int,
    actor: Person,
    now: datetime,
) -> Transfer:
    """Note a file that begins. The storage has made room under `name`, which becomes the transfer's identifier."""
    require_open_draft(entry, now)
    # Lock first: two files that begin together must not both find the last room.
    hold_row(session, entry)
    require_room(session, entry, announced, limit)
    transfer = Transfer(
        public_id=name,
        entry=entry,
        begun_by_id=actor.id,
        file_name=announced.file_name,
        bytes=announced.bytes,
        fingerprint=announced.fingerprint,
        multipart_id=multipart_id,
        begun_at=now,
    )
    session.add(transfer)
    _record(session, "transfer.begin", transfer, actor, now, bytes=announced.bytes)
    return transfer


def finish(session: Session, *, transfer: Transfer, actor: Person, now: datetime) -> None:
    """Note that every byte is here, durable; a job looks into the file next. Nothing happens the second time."""
    lock_row(session, transfer)
    if transfer.state is not TransferState.BEGUN:
        return
    transfer.state, transfer.whole_at = TransferState.WHOLE, now
    _record(session, "transfer.finish", transfer, actor, now)
    wake(WORK)


def cancel(session: Session, *, transfer: Transfer, actor: Person, now: datetime) -> None:
    """Stop a file for good. Raises HandInWaits when a hand-in names it, NotOnItsWay once it is whole."""
    lock_row(session, transfer.entry)
    lock_row(session, transfer)
    if is_awaited(session, transfer):
        raise HandInWaits
    if transfer.state is not TransferState.BEGUN:
        raise NotOnItsWay
    transfer.state = TransferState.CANCELLED
    _record(session, "transfer.cancel", transfer, actor, now)


def _record(session: Session, verb: str, transfer: Transfer, actor: Person, now: datetime, **details: Any) -> None:
    edition_id = transfer.entry.edition_id
    record(session, verb, subject=transfer, actor=actor, now=now, edition_id=edition_id, **details)
