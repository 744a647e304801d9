"""Verbs on files on their way: begun, whole, cancelled, given up. Each records the act; none commits."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import hold_row, lock_row
from hackaviz.web.jobs import wake
from submissions.entries.deadlines import closing_of, require_open_draft
from submissions.entries.models import Entry
from submissions.entries.refusals import FileTooLarge, TooLate
from submissions.entries.transfers.models import Transfer
from submissions.entries.transfers.queries import bytes_of_entry, is_awaited, same_file
from submissions.entries.transfers.refusals import HandInWaits, NothingToSend, NotOnItsWay, QuotaUsed
from submissions.entries.transfers.rules import FILES_OF_A_TEAM, Announced, TransferState

WORK = "examinations"


def require_room(session: Session, entry: Entry, announced: Announced, limit: int) -> None:
    """Raises NothingToSend, FileTooLarge or QuotaUsed; `limit` is in bytes, for one file."""
    if announced.bytes < 1:
        raise NothingToSend
    if announced.bytes > limit:
        raise FileTooLarge(limit)
    if bytes_of_entry(session, entry) + announced.bytes > FILES_OF_A_TEAM * limit:
        raise QuotaUsed(FILES_OF_A_TEAM * limit)


def announce(
    session: Session, *, entry: Entry, announced: Announced, limit: int, actor: Person, now: datetime
) -> Transfer:
    """Note a file that begins; the storage makes room for it afterwards.

    The same file, announced again while its bytes are coming, is the one that is known already: by a hand-in, before
    a reload, from the computer of a team mate. Raises TooLate, and what `require_room` raises.
    """
    # Lock first: two files that begin together must not both find the last room.
    hold_row(session, entry)
    known = same_file(session, entry, announced, {TransferState.BEGUN})
    if known is not None:
        if not closing_of(entry).may_go_on(now, is_awaited=is_awaited(session, known)):
            raise TooLate(entry, now)
        return known
    require_open_draft(entry, now)
    require_room(session, entry, announced, limit)
    transfer = Transfer(entry=entry, begun_by_id=actor.id, begun_at=now, **vars(announced))
    session.add(transfer)
    _record(session, "transfer.begin", transfer, actor, now, bytes=announced.bytes)
    return transfer


def note_parts(session: Session, *, transfer: Transfer, multipart_id: str) -> bool:
    """Note how the bucket calls the parts of a file; False when somebody was quicker, whose parts then count."""
    lock_row(session, transfer)
    if transfer.multipart_id is None:
        transfer.multipart_id = multipart_id
    return transfer.multipart_id == multipart_id


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
