"""Handing in: one small request freezes a draft; it becomes a version once its file is whole and accepted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.editions.sheet.queries import questions_of
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.identifiers import new_public_id
from hackaviz.web.letters import write_letter
from submissions.entries.annexes.service import annex_of
from submissions.entries.deadlines import closing_of, require_open_hand_in
from submissions.entries.manifest import freeze_draft, sheet_in, whole_manifest
from submissions.entries.models import Entry, EntryVersion, Upload, UploadState
from submissions.entries.queries import locked_entry, version_by_request_key
from submissions.entries.receipts import SigningKey, seal
from submissions.entries.refusals import Hindered, NotReady
from submissions.entries.registry import entry_registry
from submissions.entries.service import readiness
from submissions.entries.sheet.rules import agrees_to_be_shown
from submissions.entries.transfers.models import PendingHandIn, Transfer
from submissions.entries.transfers.queries import hand_in_by_request_key, hand_ins_awaiting, same_file
from submissions.entries.transfers.rules import ON_THEIR_WAY, SENT_FROM_A_PAGE, Announced, HandInState
from submissions.entries.transfers.service import announce
from submissions.intake.limits import Limits
from submissions.teams.queries import locked_team, registrations_of_members


@dataclass(frozen=True)
class Frozen:
    """A draft as it was when its hand-in arrived; `receipt` is the identifier of the version it becomes."""

    receipt: str
    draft: Mapping[str, Any]
    handed_in_at: datetime
    actor: Person
    request_key: str


def hand_in(
    session: Session,
    *,
    entry: Entry,
    actor: Person,
    now: datetime,
    request_key: str,
    signing_key: SigningKey,
    named: Upload | Transfer | Announced | None = None,
    limit: int = Limits().bytes,
) -> EntryVersion | PendingHandIn:
    """Freeze the draft with the file that is named (the draft's own unless said otherwise), which may be on its way.

    One of which nothing is here yet is announced by this very request; `limit` is the most bytes that it may have. The
    version counts from now on; with a file on its way, from when that is whole and accepted, by the instant of this
    request. One `request_key` makes one version. Raises TooEarly, TooLate, NotReady or Hindered, and what refuses a
    file that begins; then the last version before stays what counts.
    """
    # Lock first, the team before the entry: nobody may leave, and no file may change, while the draft is frozen.
    team = locked_team(session, entry.team)
    entry = locked_entry(session, entry)
    made = version_by_request_key(session, request_key) or hand_in_by_request_key(session, request_key)
    if made is not None and made.entry_id == entry.id:
        return made
    require_open_hand_in(entry, now)
    if isinstance(named, Announced):
        known = same_file(session, entry, named, SENT_FROM_A_PAGE)
        named = known or announce(session, entry=entry, announced=named, limit=limit, actor=actor, now=now)
    file = _file_of(session, entry, named)
    registrations = registrations_of_members(session, team)
    missing = readiness(entry, registrations, actor, has_file=file is not None).missing()
    if missing or file is None:
        raise NotReady(missing)
    _require_unhindered(session, file)
    receipt = new_public_id()
    annex = annex_of(session, entry)
    draft = freeze_draft(entry, registrations, annex=annex, receipt=receipt, actor=actor, now=now)
    frozen = Frozen(receipt, draft, now, actor, request_key)
    if isinstance(file, Transfer):
        return _wait(session, file, frozen)
    return _add_version(session, entry, file, frozen, signing_key=signing_key, now=now)


def _require_unhindered(session: Session, file: Upload | Transfer) -> None:
    """Raises Hindered where the edition refuses what the check report says of a file; one on its way has none."""
    if isinstance(file, Transfer):
        return
    sentences = [each for hindrances in entry_registry().hindrances for each in hindrances(session, file)]
    if sentences:
        raise Hindered(sentences)


def _file_of(session: Session, entry: Entry, named: Upload | Transfer | None) -> Upload | Transfer | None:
    """The file as it stands under the lock: what was on its way may have been accepted or refused a moment ago."""
    if isinstance(named, Transfer):
        lock_row(session, named)
        if named.state in ON_THEIR_WAY and named.entry_id == entry.id:
            return named
        named = named.upload
    elif named is None:
        named = entry.current_upload
    is_good = named is not None and named.state is UploadState.ACCEPTED and named.entry_id == entry.id
    return named if is_good else None


def _wait(session: Session, transfer: Transfer, frozen: Frozen) -> PendingHandIn:
    waiting = PendingHandIn(
        public_id=frozen.receipt,
        entry=transfer.entry,
        transfer=transfer,
        handed_in_at=frozen.handed_in_at,
        handed_in_by_id=frozen.actor.id,
        frozen=dict(frozen.draft),
        request_key=frozen.request_key,
    )
    _add(session, waiting)
    _record(session, "entry.hand_in_waits", waiting.entry, frozen, transfer=transfer.public_id)
    return waiting


def _add_version(
    session: Session, entry: Entry, upload: Upload, frozen: Frozen, *, signing_key: SigningKey, now: datetime
) -> EntryVersion:
    number = len(entry.versions) + 1
    manifest = whole_manifest(frozen.draft, upload, number=number)
    sealed = seal(manifest, signing_key)
    version = EntryVersion(
        public_id=frozen.receipt,
        entry_id=entry.id,
        number=number,
        upload_id=upload.id,
        handed_in_at=frozen.handed_in_at,
        handed_in_by_id=frozen.actor.id,
        manifest=manifest,
        manifest_sha256=sealed.manifest_sha256,
        signature=sealed.signature,
        request_key=frozen.request_key,
    )
    _add(session, version)
    _let_count(session, entry, version)
    _record(session, "entry.hand_in", entry, frozen, version=number, sha256=sealed.manifest_sha256)
    _write_to_team(session, "handed_in", entry, frozen, now, version=version)
    return version


def _add(session: Session, row: EntryVersion | PendingHandIn) -> None:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        # The key was spent on another entry: such a form was not made by us.
        raise Invalid(_l("This form was already used. Reload the page, then hand in again.")) from error


def _let_count(session: Session, entry: Entry, version: EntryVersion) -> None:
    """The last hand-in counts, by the instant of its request: one whose file took long may be older than another."""
    counting = entry.current_version
    if counting is None or version.handed_in_at >= counting.handed_in_at:
        entry.current_version = version
        entry.may_be_shown = agrees_to_be_shown(sheet_in(version.manifest).consent, questions_of(entry.edition))
    session.flush()
    session.refresh(entry, ["versions"])


def settle(session: Session, transfer: Transfer, *, signing_key: SigningKey, now: datetime) -> None:
    """Decide the hand-ins that wait for a file: each becomes a version, is refused, or goes on waiting.

    A refused one replaces nothing, and the team is told.
    """
    # In the order of `hand_in`, so that the two never wait for each other.
    locked_team(session, transfer.entry.team)
    entry = locked_entry(session, transfer.entry)
    lock_row(session, transfer)
    closing, accepted = closing_of(entry), _is_accepted(transfer)
    for waiting in hand_ins_awaiting(session, transfer):
        state = closing.fate(whole_at=transfer.whole_at, is_accepted=accepted, now=now)
        frozen = Frozen(
            waiting.public_id, waiting.frozen, waiting.handed_in_at, waiting.handed_in_by, waiting.request_key
        )
        if state is HandInState.COUNTED and transfer.upload is not None:
            _add_version(session, entry, transfer.upload, frozen, signing_key=signing_key, now=now)
        elif state is not HandInState.WAITING:
            _record(session, "entry.hand_in_fails", entry, frozen, why=state.value)
            _write_to_team(session, "hand_in_failed", entry, frozen, now, state=state.value, transfer=transfer)
        waiting.state, waiting.settled_at = state, None if state is HandInState.WAITING else now


def _is_accepted(transfer: Transfer) -> bool | None:
    if transfer.state in ON_THEIR_WAY:
        return None
    return transfer.upload is not None and transfer.upload.state is UploadState.ACCEPTED


def _write_to_team(session: Session, letter: str, entry: Entry, frozen: Frozen, now: datetime, **context: Any) -> None:
    edition, closing = entry.edition, closing_of(entry)
    context |= {
        "entry": entry,
        "edition": edition,
        "closing": closing,
        "handed_in_at": frozen.handed_in_at,
        "decided_at": now,
    }
    for member in entry.team.members:
        person = member.person
        key = f"{letter.replace('_', '-')}/{frozen.receipt}/{person.public_id}"
        to = {"recipient": person.email, "language": person.language, "unique_key": key}
        write_letter(session, letter, now=now, **to, person=person, **context)


def _record(session: Session, verb: str, entry: Entry, frozen: Frozen, **details: Any) -> None:
    act: dict[str, Any] = {"actor": frozen.actor, "now": frozen.handed_in_at, "edition_id": entry.edition_id}
    record(session, verb, subject=entry, **act, **details)
