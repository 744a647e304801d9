"""Who may see an entry, work on it, and read its receipts."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.catalogue.models import Dataset
from challenges.catalogue.queries import dataset_by_slug
from challenges.editions.rules import results_are_public
from hackaviz.kernel.errors import NotFound
from submissions.entries.models import Entry, EntryVersion
from submissions.entries.queries import entry_by_public_id, version_by_public_id
from submissions.entries.refusals import NoEntry
from submissions.teams.policy import is_member, may_see


def is_public(entry: Entry, now: datetime) -> bool:
    """Whether everybody may see the entry: it was handed in, its team agrees, and the results are public.

    Queries ask the same of `queries.SHOWN` once they know that the results are public.
    """
    is_shown = entry.current_version_id is not None and entry.may_be_shown
    return is_shown and results_are_public(entry.edition, now)


def find_own_entry(session: Session, public_id: str, person: Any) -> Entry:
    """The entry at an address, for a member of its team. Raises NotFound for everybody else."""
    entry = entry_by_public_id(session, public_id)
    if entry is None or not is_member(person, entry.team):
        raise NoEntry
    return entry


def find_version(session: Session, public_id: str, person: Any) -> EntryVersion:
    """A version, for the members of its team and organisers. Raises NotFound for everybody else."""
    version = version_by_public_id(session, public_id)
    if version is None or not may_see(person, version.entry.team):
        raise NotFound(_l("There is no receipt at this address, or it is not yours."))
    return version


def find_version_of(entry: Entry, number: int) -> EntryVersion:
    """A version of an entry, whose reader may see it, by its number. Raises NotFound."""
    version = next((each for each in entry.versions if each.number == number), None)
    if version is None:
        raise NotFound(_l("This entry has no version with this number."))
    return version


def find_dataset(session: Session, slug: str) -> Dataset:
    """A dataset of the catalogue. Raises NotFound."""
    dataset = dataset_by_slug(session, slug)
    if dataset is None:
        raise NotFound(_l("There is no dataset at this address."))
    return dataset
