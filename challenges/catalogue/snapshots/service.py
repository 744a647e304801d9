"""Verbs on frozen copies: pin, let go, ask again."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.catalogue.models import Resource
from challenges.catalogue.rules import safe_file_name
from challenges.catalogue.snapshots.models import DatasetSnapshot
from challenges.catalogue.snapshots.policy import may_pin
from challenges.catalogue.snapshots.queries import copy_of_file
from challenges.catalogue.snapshots.rules import SnapshotState, may_still_choose, name_of_link
from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import hold_row, lock_row
from hackaviz.kernel.errors import Conflict, Invalid, NotAllowed
from hackaviz.web.jobs import wake

WORK = "frozen copies"


class HandInClosed(Conflict):
    """What teams and the jury work with stays as it is once hand-in has closed."""

    code = "hand-in-closed"

    def __init__(self) -> None:
        message = _l("Hand-in has closed: the jury works with what the teams had. Nothing was changed.")
        super().__init__(message)


class AlreadyPinned(Invalid):
    """The edition has a copy of this file, with other bytes."""

    code = "already-pinned"


def pin(session: Session, *, edition: Edition, resource: Resource, actor: Person, now: datetime) -> DatasetSnapshot:
    """Freeze a file for an edition: its bytes that are here at once, those at a link as soon as a job has them.

    The same file with the same bytes a second time changes nothing. Raises NotAllowed, HandInClosed, AlreadyPinned.
    """
    _require(edition, actor, now)
    hold_row(session, edition)
    before = copy_of_file(session, edition, resource)
    if before is not None:
        if resource.is_here and before.sha256 != resource.sha256:
            message = _l("This edition has a copy of this file as it was before. Let that one go first.")
            raise AlreadyPinned(message, field="resource")
        return before
    copy = DatasetSnapshot(edition=edition, dataset=resource.dataset, resource_id=resource.id, **_facts(resource))
    copy.pinned_at = copy.due_at = now
    copy.pinned_by_id = actor.id
    copy.state = SnapshotState.KEPT if resource.is_here else SnapshotState.WAITING
    copy.taken_at = now if resource.is_here else None
    session.add(copy)
    _record(session, "dataset.pin", copy, actor, now)
    if copy.state is SnapshotState.WAITING:
        wake(WORK)
    return copy


def _require(edition: Edition, actor: Person, now: datetime) -> None:
    if not may_pin(actor, edition):
        raise NotAllowed(_l("Only stewards and the organisers of this edition choose its frozen copies."))
    if not may_still_choose(edition.submission_closes_at, now):
        raise HandInClosed


def _facts(resource: Resource) -> dict[str, Any]:
    """What a copy takes from its file: of a link not what its source says of the bytes, which is only said."""
    named = {"title": resource.title, "format": resource.format}
    if not resource.is_here:
        file_name = safe_file_name(name_of_link(resource.url, resource.format))
        return {**named, "file_name": file_name, "url": resource.url}
    bytes_here = {"storage_key": resource.storage_key, "bytes": resource.bytes, "sha256": resource.sha256}
    return {**named, **bytes_here, "file_name": resource.file_name, "inspection": resource.inspection}


def _record(session: Session, verb: str, copy: DatasetSnapshot, actor: Person | None, now: datetime) -> None:
    facts = {"dataset": copy.dataset.slug, "file": copy.file_name, "sha256": copy.sha256}
    record(session, verb, subject=copy, actor=actor, now=now, edition_id=copy.edition_id, **facts)


def let_go(session: Session, *, copy: DatasetSnapshot, actor: Person, now: datetime) -> None:
    """An edition needs a copy no longer. Raises NotAllowed, HandInClosed."""
    _require(copy.edition, actor, now)
    _record(session, "dataset.unpin", copy, actor, now)
    session.delete(copy)
    session.flush()


def ask_again(session: Session, *, copy: DatasetSnapshot, actor: Person, now: datetime) -> None:
    """Try once more to fetch a file that did not come. Raises NotAllowed, HandInClosed."""
    _require(copy.edition, actor, now)
    lock_row(session, copy)
    if copy.state is SnapshotState.FAILED:
        copy.state, copy.attempts, copy.due_at = SnapshotState.WAITING, 0, now
        wake(WORK)
