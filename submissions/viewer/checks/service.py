"""Verbs on checks: asked for, asked for again, claimed by a job, noted. Nothing here opens a browser."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict
from hackaviz.kernel.storage import Storage
from hackaviz.web.jobs import wake
from submissions.entries.models import Upload
from submissions.viewer.checks.models import CheckState, WorkCheck
from submissions.viewer.checks.queries import check_of
from submissions.viewer.copies.models import CopyState, ShownCopy
from submissions.viewer.copies.service import ask_for_copy_again
from submissions.viewer.leases import claim_oldest
from submissions.viewer.models import Preview, PreviewState
from submissions.viewer.service import FROM_FILE, WORK

# Longer than the longest a check may take.
LEASE = timedelta(minutes=4)


class CheckIsDue(Conflict):
    """A check waits already."""

    def __init__(self) -> None:
        super().__init__(_l("This work is being checked already. The report appears here by itself."))


@dataclass(frozen=True)
class Seen:
    """What came of a check: facts and pictures, or why there are none ("no-browser", "not-loaded")."""

    report: dict[str, Any] = field(default_factory=dict)
    pictures: dict[str, Any] = field(default_factory=dict)
    failure: str | None = None


def ask_for_check(session: Session, upload: Upload, now: datetime) -> None:
    """Note that an upload needs its check."""
    session.add(WorkCheck(upload_id=upload.id, asked_at=now))
    session.flush()


def check_again(session: Session, *, upload: Upload, actor: Any, now: datetime) -> None:
    """Let a job look anew, and try again to copy in what could not be. Raises CheckIsDue while one waits."""
    check = check_of(session, upload)
    if check is None:
        ask_for_check(session, upload, now)
    elif check.state is CheckState.DUE:
        raise CheckIsDue
    else:
        _make_due(check)
        check.asked_at = now
    ask_for_copy_again(session, upload, now)
    entry = upload.entry
    record(session, "entry.check_again", subject=entry, actor=actor, now=now, edition_id=entry.edition_id)
    session.flush()
    wake(WORK)


def look_again(session: Session, check_id: int) -> None:
    """Let a job look anew, because a picture was asked for that is lost; nothing happens while a check is due."""
    check = session.get_one(WorkCheck, check_id, with_for_update=True)
    if check.state is not CheckState.DUE:
        _make_due(check)


def look_at_lost_again(session: Session, storage: Storage) -> int:
    """Let a job look anew at every work of whose report a picture is lost; say how many."""
    made = session.scalars(select(WorkCheck).where(WorkCheck.state != CheckState.DUE)).all()
    lost = [check for check in made if not all(storage.exists(each["key"]) for each in check.pictures.values())]
    for check in lost:
        _make_due(check)
    return len(lost)


def _make_due(check: WorkCheck) -> None:
    check.state, check.attempts, check.leased_until = CheckState.DUE, 0, None


def claim_due(session: Session, now: datetime) -> WorkCheck | None:
    """The oldest check that is due, taken for this job until the lease ends.

    It looks at the shown copy, so that this comes first; and of a document it shows the pages that its still has drawn.
    """
    is_copied = ~exists().where(ShownCopy.upload_id == WorkCheck.upload_id, ShownCopy.state == CopyState.DUE)
    waits = exists().where(
        Preview.upload_id == WorkCheck.upload_id,
        Preview.state == PreviewState.DUE,
        Upload.id == Preview.upload_id,
        Upload.kind.in_(FROM_FILE),
    )
    claimed: WorkCheck | None = claim_oldest(session, WorkCheck, now, LEASE, is_copied, ~waits)
    return claimed


def note_check(session: Session, check_id: int, seen: Seen, now: datetime) -> None:
    """The report is there, or the reason why it holds less."""
    check = session.get_one(WorkCheck, check_id)
    check.state = CheckState.FAILED if seen.failure else CheckState.READY
    check.report, check.pictures, check.error = seen.report, seen.pictures, seen.failure
    check.leased_until, check.finished_at = None, now
