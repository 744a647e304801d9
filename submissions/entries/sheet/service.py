"""What a team does with the sheet of its entry."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.sheet.queries import questions_of
from challenges.editions.sheet.rules import SheetField
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict, Invalid
from submissions.entries.deadlines import require_open_draft
from submissions.entries.models import Entry
from submissions.entries.queries import locked_entry
from submissions.entries.sheet.rules import Consent, Sheet

AIMS = ("ambitions", "objectives")


class NothingToShow(Conflict):
    """Consent is about a version that was handed in, in an edition that asks for it."""

    def __init__(self) -> None:
        super().__init__(_l("There is nothing to agree to yet: your team has not handed in. Nothing was changed."))


def save_sheet(session: Session, *, entry: Entry, sheet: Sheet, actor: Person, now: datetime) -> None:
    """Replace what a draft says. Raises TooLate, or Invalid for an aim that the edition does not have."""
    require_open_draft(entry, now)
    entry = locked_entry(session, entry)
    _require_known(entry, (*sheet.ambitions, *sheet.objectives))
    write_sheet(entry, sheet)
    entry.updated_at = now
    record(session, "entry.save_sheet", subject=entry, actor=actor, now=now, edition_id=entry.edition_id)


def write_sheet(entry: Entry, sheet: Sheet) -> None:
    """Put a sheet into a draft; an aim that its edition does not have is left out."""
    values: dict[str, Any] = {name: each for name, each in vars(sheet).items() if name not in AIMS}
    for name, value in values.items():
        setattr(entry, name, list(value) if isinstance(value, tuple) else value)
    wanted = {*sheet.ambitions, *sheet.objectives}
    entry.aims = [aim for aim in entry.edition.aims if aim.slug in wanted]


def decide_showing(session: Session, *, entry: Entry, shown: bool, actor: Person, now: datetime) -> None:
    """Take back the consent to publish a work that was handed in, or give it again: at any time, from now on.

    The version stays as it was handed in, for the jury. Raises NothingToShow.
    """
    entry = locked_entry(session, entry)
    if entry.current_version is None or not questions_of(entry.edition).ask(SheetField.CONSENT):
        raise NothingToShow
    entry.may_be_shown = shown
    entry.consent = (Consent.GIVEN if shown else Consent.REFUSED).value
    consent = {"consent": entry.consent}
    record(session, "entry.decide_showing", subject=entry, actor=actor, now=now, edition_id=entry.edition_id, **consent)


def _require_known(entry: Entry, slugs: Collection[str]) -> None:
    if set(slugs) - {aim.slug for aim in entry.edition.aims}:
        raise Invalid(_l("The ambitions and objectives have changed: choose again from the list."), field="ambitions")
