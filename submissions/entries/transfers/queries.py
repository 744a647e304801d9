"""Named reads of transfers, and of hand-ins that wait for one."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from submissions.entries.models import Entry, Upload
from submissions.entries.queries import WHOLE_ENTRY
from submissions.entries.transfers.models import PendingHandIn, Transfer
from submissions.entries.transfers.rules import ABANDONED_AFTER, ON_THEIR_WAY, Announced, HandInState, TransferState
from submissions.teams.models import Team

# Who may send and until when, and no more: it is asked for every piece of a file, by all teams at once at the end.
WHO_AND_WHEN = (
    joinedload(Entry.edition),
    joinedload(Entry.team).options(joinedload(Team.edition), selectinload(Team.members), selectinload(Team.extensions)),
)


def transfer_by_public_id(session: Session, public_id: str) -> Transfer | None:
    """A transfer with its entry, its team's members and deadline, and what was made of it."""
    whole = (joinedload(Transfer.entry).options(*WHO_AND_WHEN), joinedload(Transfer.upload))
    return session.scalar(select(Transfer).where(Transfer.public_id == public_id).options(*whole))


def entry_to_send_to(session: Session, public_id: str) -> Entry | None:
    """An entry with its team's members and deadline."""
    return session.scalar(select(Entry).where(Entry.public_id == public_id).options(*WHO_AND_WHEN))


def transfers_on_their_way(session: Session, entry: Entry) -> Sequence[Transfer]:
    """The files of an entry that are arriving, or waiting to be examined, in the order in which they began."""
    query = select(Transfer).where(Transfer.entry_id == entry.id, Transfer.state.in_(ON_THEIR_WAY))
    return session.scalars(query.order_by(Transfer.id)).all()


def same_file(
    session: Session, entry: Entry, announced: Announced, states: Collection[TransferState]
) -> Transfer | None:
    """The last transfer of the file that a browser announces, if it is in one of these states."""
    if not announced.fingerprint:
        return None
    told = {"fingerprint": announced.fingerprint, "bytes": announced.bytes, "file_name": announced.file_name}
    query = select(Transfer).where(Transfer.entry_id == entry.id, Transfer.state.in_(states)).filter_by(**told)
    return session.scalar(query.order_by(Transfer.id.desc()).limit(1))


def names_on_their_way(session: Session) -> set[str]:
    """The identifiers of all files that are arriving, or waiting to be examined."""
    return set(session.scalars(select(Transfer.public_id).where(Transfer.state.in_(ON_THEIR_WAY))))


def bytes_of_entry(session: Session, entry: Entry) -> int:
    """What the team has sent and is sending: every upload that is kept, and every file on its way."""
    kept = select(func.sum(Upload.bytes)).where(Upload.entry_id == entry.id, Upload.storage_key.is_not(None))
    coming = select(func.sum(Transfer.bytes)).where(Transfer.entry_id == entry.id, Transfer.state.in_(ON_THEIR_WAY))
    return (session.scalar(kept) or 0) + (session.scalar(coming) or 0)


def hand_in_by_request_key(session: Session, request_key: str) -> PendingHandIn | None:
    """The hand-in that a form has made already, if it had to wait."""
    return session.scalar(select(PendingHandIn).where(PendingHandIn.request_key == request_key))


def hand_ins_that_waited(session: Session, entry: Entry) -> Sequence[PendingHandIn]:
    """The hand-ins of an entry that wait for their file, or that did not become a version; the newest first."""
    query = select(PendingHandIn).where(PendingHandIn.entry_id == entry.id, PendingHandIn.state != HandInState.COUNTED)
    whole = (joinedload(PendingHandIn.transfer), joinedload(PendingHandIn.handed_in_by))
    return session.scalars(query.options(*whole).order_by(PendingHandIn.id.desc())).all()


def hand_ins_awaiting(session: Session, transfer: Transfer) -> Sequence[PendingHandIn]:
    """The hand-ins that wait for a file, in the order in which they came."""
    query = select(PendingHandIn).where(
        PendingHandIn.transfer_id == transfer.id, PendingHandIn.state == HandInState.WAITING
    )
    return session.scalars(query.options(joinedload(PendingHandIn.handed_in_by)).order_by(PendingHandIn.id)).all()


def is_awaited(session: Session, transfer: Transfer) -> bool:
    """Whether a hand-in waits for a file."""
    return session.scalar(select(_awaited_by(transfer.id))) or False


def next_due(session: Session, now: datetime) -> Transfer | None:
    """The oldest whole file that nobody examines, its row locked."""
    free = or_(Transfer.leased_until.is_(None), Transfer.leased_until <= now)
    query = select(Transfer).where(Transfer.state == TransferState.WHOLE, free).order_by(Transfer.attempts, Transfer.id)
    return session.scalar(query.limit(1).with_for_update(skip_locked=True, of=Transfer))


def hand_ins_without_file(session: Session) -> Sequence[PendingHandIn]:
    """Every hand-in whose file is still arriving."""
    query = select(PendingHandIn).join(PendingHandIn.transfer)
    waiting = (PendingHandIn.state == HandInState.WAITING, Transfer.state == TransferState.BEGUN)
    entry = joinedload(PendingHandIn.entry).options(*WHOLE_ENTRY)
    return session.scalars(query.where(*waiting).options(entry, joinedload(PendingHandIn.transfer))).unique().all()


def next_abandoned(session: Session, now: datetime) -> Transfer | None:
    """A file that began long ago, never became whole, and that no hand-in waits for."""
    query = select(Transfer).where(
        Transfer.state == TransferState.BEGUN, Transfer.begun_at < now - ABANDONED_AFTER, ~_awaited_by(Transfer.id)
    )
    return session.scalar(query.order_by(Transfer.id).limit(1).with_for_update(skip_locked=True, of=Transfer))


def _awaited_by(transfer_id: Any) -> ColumnElement[bool]:
    return exists().where(PendingHandIn.transfer_id == transfer_id, PendingHandIn.state == HandInState.WAITING)
