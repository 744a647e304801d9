"""Verbs on drafts: started, filled, given a file. Each decides with rules and records the act; none commits."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.catalogue.models import Dataset
from challenges.editions.sheet.queries import questions_of
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import Action, record
from submissions.entries.deadlines import require_open_draft
from submissions.entries.manifest import sheet_of
from submissions.entries.models import Citation, Entry, Upload, UploadFile, UploadState
from submissions.entries.queries import draw_number, entry_of_team, locked_entry
from submissions.entries.reception import Received
from submissions.entries.refusals import (
    ChallengeIsFixed,
    HandInClosed,
    NoChallenge,
    UsageMissing,
)
from submissions.entries.registry import entry_registry
from submissions.entries.rules import Readiness, draft_may_change
from submissions.entries.scans.service import note_scan
from submissions.teams.models import Registration, Team
from submissions.teams.queries import locked_team
from submissions.teams.rules import team_deadline


def start_entry(session: Session, *, team: Team, actor: Person, now: datetime) -> Entry:
    """The team's entry: started now for the team's challenge, unless it exists."""
    if not draft_may_change(team_deadline(team), now):
        raise HandInClosed
    team = locked_team(session, team)
    entry = entry_of_team(session, team)
    if entry is not None:
        return entry
    if team.challenge is None:
        raise NoChallenge
    number = draw_number(session, team.edition)
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
    """Note a file that was sent in one request. Raises TooLate."""
    entry = _open_draft(session, entry, now)
    return note_upload(session, entry=entry, received=received, sent_by=actor, begun_at=now, now=now)


def note_upload(
    session: Session, *, entry: Entry, received: Received, sent_by: Person, begun_at: datetime, now: datetime
) -> Upload:
    """Note a file that was examined. An accepted one becomes the entry's file; a refused one replaces nothing.

    The caller has locked the entry and knows that the file began in time; `begun_at` is when.
    """
    report = received.report
    upload = Upload(
        entry=entry,
        sent_by_id=sent_by.id,
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
    _record(session, "entry.upload", entry, sent_by, now, state=upload.state.value, sha256=upload.sha256, reasons=codes)
    if upload.state is UploadState.ACCEPTED:
        session.flush()
        note_scan(session, upload, received.scan, now)
        # A version that was handed in while the file was on its way has it, and is not older than the draft.
        entry.current_upload, entry.updated_at = upload, max(entry.updated_at, begun_at)
        for act in entry_registry().on_upload_accepted:
            act(session, upload, now)
    return upload


def readiness(
    entry: Entry, registrations: Mapping[int, Registration], actor: Person, *, has_file: bool | None = None
) -> Readiness:
    """The facts that decide whether the actor can hand the entry in; `registrations` are those of the members.

    `has_file` where another file than the draft's own is to be handed in.
    """
    edition, members = entry.edition, entry.team.members
    own, rules = registrations.get(actor.id), edition.current_rules
    return Readiness(
        sheet=sheet_of(entry),
        has_accepted_upload=entry.current_upload is not None if has_file is None else has_file,
        citations_with_usage=sum(1 for each in entry.citations if each.usage.strip()),
        members=len(members),
        smallest_team=edition.smallest_team,
        largest_team=edition.largest_team,
        everyone_is_registered=all(member.person_id in registrations for member in members),
        actor_accepts_current_rules=own is not None and rules is not None and own.rules_version_id == rules.id,
        questions=questions_of(edition),
    )


def _open_draft(session: Session, entry: Entry, now: datetime) -> Entry:
    require_open_draft(entry, now)
    return locked_entry(session, entry)


def _file_row(stored: Any) -> UploadFile:
    blob = stored.blob
    return UploadFile(
        path=stored.path, media_type=stored.media_type, bytes=blob.bytes, sha256=blob.sha256, storage_key=blob.key
    )


def _record(session: Session, verb: str, entry: Entry, actor: Person, now: datetime, **details: Any) -> Action:
    return record(session, verb, subject=entry, actor=actor, now=now, edition_id=entry.edition_id, **details)
