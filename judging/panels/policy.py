"""Who may judge what."""

import re
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person, Role
from hackaviz.kernel.errors import NotFound
from judging.panels.queries import (
    assigned_entry,
    assignment_between,
    conflict_between,
    entry_to_judge,
    judges_edition_at,
    juror_by_public_id,
    sits_for_prize,
)
from judging.panels.rounds.rules import window_of
from submissions.entries.models import Entry, Upload

CODE = re.compile(r"C-(\d{2,9})")


def is_juror(session: Session, person: Any, address: dict[str, Any]) -> bool:
    """Jurors of the edition in the address; where it names none, jurors of any."""
    if "edition_slug" in address:
        return judges_edition_at(session, person, address["edition_slug"])
    return any(held.role is Role.JUROR for held in person.roles)


def is_of_the_jury(session: Session, person: Any, address: dict[str, Any]) -> bool:
    """Jurors of the edition in the address, without those who judge for a sponsor's own prize: they hold no meeting."""
    return is_juror(session, person, address) and not sits_for_prize(session, person, address["edition_slug"])


def is_conflicted(session: Session, juror: Person, entry: Entry) -> bool:
    """Whether a conflict was declared between them."""
    return conflict_between(session, juror, entry) is not None


def may_review(session: Session, person: Any, entry: Entry) -> bool:
    """A juror who was asked to, and has no conflict."""
    return (
        person.is_authenticated
        and person.has_role(Role.JUROR, entry.edition_id)
        and assignment_between(session, person, entry) is not None
        and not is_conflicted(session, person, entry)
    )


def may_open_work(session: Session, person: Any, upload: Upload, now: datetime) -> bool:
    """Whether a juror may look at a work: what was handed in, theirs to review, once its round has opened."""
    entry = upload.entry
    if entry.current_version is None or entry.current_version.upload_id != upload.id:
        return False
    if not may_review(session, person, entry):
        return False
    assignment = assignment_between(session, person, entry)
    return assignment is not None and now >= window_of(entry.edition, assignment.round).opens_at


def find_assigned_entry(session: Session, edition: Edition, code: str, juror: Person) -> Entry:
    """The entry with a code, for a juror who reviews it. Raises NotFound for everything else, without saying which."""
    number = _number(code)
    entry = assigned_entry(session, juror, edition, number) if number else None
    if entry is None:
        raise not_yours()
    return entry


def not_yours() -> NotFound:
    """What a juror reads of an entry that is not theirs to review, whether it exists or not."""
    return NotFound(_l("There is no entry with this code among those you review."))


def find_entry(session: Session, edition: Edition, code: str) -> Entry:
    """The handed-in entry with a code, for organisers. Raises NotFound."""
    number = _number(code)
    entry = entry_to_judge(session, edition, number) if number else None
    if entry is None:
        raise NotFound(_l("No entry with this code was handed in."))
    return entry


def find_juror(session: Session, edition: Edition, public_id: str) -> Person:
    """A juror of the edition, for organisers. Raises NotFound."""
    juror = juror_by_public_id(session, edition, public_id)
    if juror is None:
        raise NotFound(_l("This person is not a juror of this edition."))
    return juror


def _number(code: str) -> int | None:
    match = CODE.fullmatch(code)
    return int(match[1]) if match else None
