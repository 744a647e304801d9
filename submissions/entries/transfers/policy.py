"""Who may go on with a file: the members of its team, while it is on its way and in time."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from submissions.entries.deadlines import closing_of
from submissions.entries.models import Entry, Upload
from submissions.entries.refusals import NoEntry, TooLate
from submissions.entries.transfers.models import Transfer
from submissions.entries.transfers.queries import entry_to_send_to, is_awaited, transfer_by_public_id
from submissions.entries.transfers.refusals import NotOnItsWay, NoTransfer
from submissions.entries.transfers.rules import TransferState
from submissions.teams.policy import is_member


def find_entry_to_send_to(session: Session, public_id: str, person: Any) -> Entry:
    """The entry at an address, for a member of its team, as little of it as one who sends or hands in needs.

    Raises NoEntry for everybody else.
    """
    entry = entry_to_send_to(session, public_id)
    if entry is None or not is_member(person, entry.team):
        raise NoEntry
    return entry


def find_transfer(session: Session, public_id: str, person: Any) -> Transfer:
    """The transfer at an address, for a member of its team. Raises NotFound for everybody else."""
    transfer = transfer_by_public_id(session, public_id)
    if transfer is None or not is_member(person, transfer.entry.team):
        raise NoTransfer
    return transfer


def find_going_transfer(session: Session, public_id: str, person: Any, now: datetime) -> Transfer:
    """One that still takes bytes. Raises NotOnItsWay, or TooLate after the deadline and what grace there is."""
    transfer = find_transfer(session, public_id, person)
    if transfer.state is not TransferState.BEGUN:
        raise NotOnItsWay
    if not closing_of(transfer.entry).may_go_on(now, is_awaited=is_awaited(session, transfer)):
        raise TooLate(transfer.entry, now)
    return transfer


def find_named_file(session: Session, entry: Entry, name: str) -> Upload | Transfer | None:
    """What a hand-in names: "upload:…" or "transfer:…" of this entry; None for nothing. Raises NoTransfer."""
    kind, _colon, public_id = name.partition(":")
    if not name:
        return None
    found: Upload | Transfer | None = None
    if kind == "transfer":
        found = session.scalar(select(Transfer).where(Transfer.public_id == public_id))
    elif kind == "upload":
        found = session.scalar(select(Upload).where(Upload.public_id == public_id))
    if found is None or found.entry_id != entry.id:
        raise NoTransfer
    return found
