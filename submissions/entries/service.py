"""Verbs on entries: started, filled, handed in. Each decides with rules and records the act; none commits."""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.catalogue.models import Dataset
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import Action, record
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.identifiers import new_public_id
from hackaviz.web.letters import write_letter
from submissions.entries.manifest import build_manifest, sheet_of
from submissions.entries.models import Citation, Entry, EntryVersion, Upload, UploadFile, UploadState
from submissions.entries.queries import entry_of_team, locked_entry, next_number, version_by_request_key
from submissions.entries.receipts import canonical, seal
from submissions.entries.reception import Received
from submissions.entries.refusals import (
    ChallengeIsFixed,
    HandInClosed,
    NoChallenge,
    NotReady,
    TooEarly,
    TooLate,
    UsageMissing,
)
from submissions.entries.registry import entry_registry
from submissions.entries.rules import Readiness, Sheet, draft_may_change
from submissions.teams.models import Registration, Team
from submissions.teams.queries import locked_team, registrations_of_members


def start_entry(session: Session, *, team: Team, actor: Person, now: datetime) -> Entry:
    """The team's entry: started now for the team's challenge, unless it exists."""
    if not draft_may_change(team.edition.submission_closes_at, now):
        raise HandInClosed
    team = locked_team(session, team)
    entry = entry_of_team(session, team)
    if entry is not None:
        return entry
    if team.challenge is None:
        raise NoChallenge
    number = next_number(session, team.edition)
    entry = Entry(
        edition=team.edition, challenge=team.challenge, team=team, number=number, created_at=now, updated_at=now
    )
    session.add(entry)
    _record(session, "entry.start", entry, actor, now, code=entry.code)
    return entry


def follow_challenge(session: Session, team: Team, challenge: Challenge) -> None:
    """Let a draft follow its team to another challenge. Raises ChallengeIsFixed once a version is handed in."""
    entry = entry_of_team(session, team)
    if entry is None or entry.challenge_id == challenge.id:
        return
    if entry.current_version_id is not None:
        raise ChallengeIsFixed
    entry.challenge = challenge


def sheet_digest(sheet: Sheet) -> str:
    """What a form remembers of the sheet that it shows, so that a change by somebody else in between is noticed."""
    return hashlib.sha256(canonical(vars(sheet))).hexdigest()


def save_sheet(
    session: Session, *, entry: Entry, sheet: Sheet, actor: Person, now: datetime, seen: str | None = None
) -> None:
    """Replace the texts of a draft. `seen` is the digest of the texts that the writer saw: Invalid when they differ."""
    entry = _open_draft(session, entry, now)
    if seen is not None and seen != sheet_digest(sheet_of(entry)) and sheet != sheet_of(entry):
        raise Invalid(
            _l(
                "Somebody of your team has changed the sheet since you opened it: what they saved is shown below. What "
                "you typed is kept here. Save again to put yours in its place."
            )
        )
    for name, text in vars(sheet).items():
        setattr(entry, name, text)
    entry.updated_at = now
    _record(session, "entry.save_sheet", entry, actor, now)


def cite(session: Session, *, entry: Entry, dataset: Dataset, usage: str, actor: Person, now: datetime) -> Citation:
    """Cite a dataset of the catalogue and say how it is used; once cited, change how."""
    entry = _open_draft(session, entry, now)
    if not usage.strip():
        raise UsageMissing
    citation = next((each for each in entry.citations if each.dataset_id == dataset.id), None)
    if citation is None:
        citation = Citation(dataset=dataset, usage=usage)
        entry.citations.append(citation)
    citation.usage = usage
    entry.updated_at = now
    _record(session, "entry.cite", entry, actor, now, dataset=dataset.slug)
    return citation


def withdraw_citation(session: Session, *, entry: Entry, dataset: Dataset, actor: Person, now: datetime) -> None:
    """Cite a dataset no longer; nothing happens when it is not cited."""
    entry = _open_draft(session, entry, now)
    entry.citations = [each for each in entry.citations if each.dataset_id != dataset.id]
    entry.updated_at = now
    _record(session, "entry.withdraw_citation", entry, actor, now, dataset=dataset.slug)


def receive_upload(session: Session, *, entry: Entry, received: Received, actor: Person, now: datetime) -> Upload:
    """Note a file that was sent. An accepted one becomes the entry's file; a refused one replaces nothing."""
    entry, report = _open_draft(session, entry, now), received.report
    upload = Upload(
        entry=entry,
        sent_by_id=actor.id,
        file_name=received.file_name,
        bytes=report.bytes,
        sha256=report.sha256 or "",
        storage_key=received.original.key if received.original else None,
        state=UploadState.ACCEPTED if report.accepted else UploadState.REFUSED,
        kind=report.kind,
        entry_point=report.entry_point,
        report=report.as_data(),
        received_at=now,
        files=[_file_row(each) for each in received.files],
    )
    session.add(upload)
    codes = [str(reason.code) for reason in report.reasons]
    _record(session, "entry.upload", entry, actor, now, state=upload.state.value, sha256=upload.sha256, reasons=codes)
    if upload.state is UploadState.ACCEPTED:
        session.flush()
        entry.current_upload, entry.updated_at = upload, now
        for act in entry_registry().on_upload_accepted:
            act(session, upload, now)
    return upload


def hand_in(
    session: Session, *, entry: Entry, actor: Person, now: datetime, request_key: str, signing_key: bytes
) -> EntryVersion:
    """Freeze the draft as the next version, which counts from now on. One `request_key` makes one version.

    Raises TooEarly, TooLate or NotReady; then the last version before stays what counts.
    """
    # Lock first, the team before the entry: nobody may leave, and no file may change, while the version is made.
    team = locked_team(session, entry.team)
    entry = locked_entry(session, entry)
    made = version_by_request_key(session, request_key)
    if made is not None and made.entry_id == entry.id:
        return made
    _require_submission(entry, now)
    registrations = registrations_of_members(session, team)
    missing = readiness(entry, registrations, actor).missing()
    if missing:
        raise NotReady(missing)
    version = _freeze(entry, registrations, actor=actor, now=now, signing_key=signing_key)
    version.request_key = request_key
    _add_version(session, entry, version)
    _record(session, "entry.hand_in", entry, actor, now, version=version.number, sha256=version.manifest_sha256)
    _send_receipts(session, version, now)
    return version


def _freeze(
    entry: Entry, registrations: Mapping[int, Registration], *, actor: Person, now: datetime, signing_key: bytes
) -> EntryVersion:
    upload, number, receipt = entry.current_upload, len(entry.versions) + 1, new_public_id()
    assert upload is not None
    manifest = build_manifest(entry, upload, registrations, number=number, receipt=receipt, actor=actor, now=now)
    sealed = seal(manifest, signing_key)
    return EntryVersion(
        public_id=receipt,
        entry_id=entry.id,
        number=number,
        upload_id=upload.id,
        handed_in_at=now,
        handed_in_by_id=actor.id,
        manifest=manifest,
        manifest_sha256=sealed.manifest_sha256,
        signature=sealed.signature,
    )


def readiness(entry: Entry, registrations: Mapping[int, Registration], actor: Person) -> Readiness:
    """The facts that decide whether the actor can hand the entry in; `registrations` are those of the members."""
    edition, members = entry.edition, entry.team.members
    own, rules = registrations.get(actor.id), edition.current_rules
    return Readiness(
        sheet=sheet_of(entry),
        has_accepted_upload=entry.current_upload is not None,
        citations_with_usage=sum(1 for each in entry.citations if each.usage.strip()),
        members=len(members),
        smallest_team=edition.smallest_team,
        largest_team=edition.largest_team,
        everyone_is_registered=all(member.person_id in registrations for member in members),
        actor_accepts_current_rules=own is not None and rules is not None and own.rules_version_id == rules.id,
    )


def _add_version(session: Session, entry: Entry, version: EntryVersion) -> None:
    try:
        with session.begin_nested():
            session.add(version)
    except IntegrityError as error:
        # The key was spent on another entry: such a form was not made by us.
        raise Invalid(_l("This form was already used. Reload the page, then hand in again.")) from error
    entry.current_version = version
    session.flush()
    session.refresh(entry, ["versions"])


def _send_receipts(session: Session, version: EntryVersion, now: datetime) -> None:
    entry = version.entry
    for member in entry.team.members:
        person = member.person
        key = f"hand-in/{version.public_id}/{person.public_id}"
        context = {"person": person, "version": version, "entry": entry, "edition": entry.edition}
        write_letter(
            session, "handed_in", recipient=person.email, language=person.language, unique_key=key, now=now, **context
        )


def require_open_draft(entry: Entry, now: datetime) -> None:
    """Raises TooLate once the deadline has passed."""
    if not draft_may_change(entry.edition.submission_closes_at, now):
        raise TooLate(entry, now)


def _open_draft(session: Session, entry: Entry, now: datetime) -> Entry:
    require_open_draft(entry, now)
    return locked_entry(session, entry)


def _require_submission(entry: Entry, now: datetime) -> None:
    require_open_draft(entry, now)
    if now < entry.edition.submission_opens_at:
        raise TooEarly(entry)


def _file_row(stored: Any) -> UploadFile:
    blob = stored.blob
    return UploadFile(
        path=stored.path, media_type=stored.media_type, bytes=blob.bytes, sha256=blob.sha256, storage_key=blob.key
    )


def _record(session: Session, verb: str, entry: Entry, actor: Person, now: datetime, **details: Any) -> Action:
    return record(session, verb, subject=entry, actor=actor, now=now, edition_id=entry.edition_id, **details)
