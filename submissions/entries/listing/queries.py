"""Named reads of listings. The same number of queries at any size."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import Session, joinedload

from challenges.editions.models import Edition
from hackaviz.web.paging import Page
from submissions.entries.listing.models import Listing, ListingState
from submissions.entries.listing.rules import Contribution
from submissions.entries.models import Entry, EntryVersion
from submissions.entries.queries import SHOWN
from submissions.teams.models import Team

PAGE_SIZE = 50
TITLE = EntryVersion.manifest["title"].label("title")
AMBITIONS = EntryVersion.manifest["ambitions"].label("ambitions")
OBJECTIVES = EntryVersion.manifest["objectives"].label("objectives")


@dataclass(frozen=True)
class ListingLine:
    """A handed-in entry and its decision, None while it waits."""

    entry: Entry
    listing: Listing | None


def listing_of(session: Session, entry: Entry) -> Listing | None:
    """The decision on an entry."""
    whole = (joinedload(Listing.decided_by), joinedload(Listing.version))
    return session.scalar(select(Listing).where(Listing.entry_id == entry.id).options(*whole))


def listing_lines(session: Session, edition: Edition, state: ListingState | None, number: int) -> Page[ListingLine]:
    """A page of handed-in entries with their decisions, by number."""
    query = _in_state(_decided(edition), state)
    total = session.scalar(query.with_only_columns(func.count(Entry.id))) or 0
    rows = session.execute(
        query.options(joinedload(Entry.team), joinedload(Entry.current_version), joinedload(Entry.challenge))
        .order_by(Entry.number)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page([ListingLine(entry, listing) for entry, listing in rows], number, PAGE_SIZE, total)


def count_in_state(session: Session, edition: Edition, state: ListingState) -> int:
    """How many handed-in entries stand there."""
    return session.scalar(_in_state(_decided(edition), state).with_only_columns(func.count(Entry.id))) or 0


def contributions(session: Session, edition: Edition) -> Sequence[Contribution]:
    """The listed works that the public may see, with the aims of the version that counts, by number.

    Callers have asked whether the results are public.
    """
    query = (
        select(Entry.public_id, TITLE, Team.name, AMBITIONS, OBJECTIVES)
        .join(Listing, Listing.entry_id == Entry.id)
        .join(EntryVersion, EntryVersion.id == Entry.current_version_id)
        .join(Team, Team.id == Entry.team_id)
        .where(Entry.edition_id == edition.id, Listing.state == ListingState.LISTED, SHOWN)
        .order_by(Entry.number)
    )
    return [_contribution(row) for row in session.execute(query)]


def _contribution(row: Row[Any]) -> Contribution:
    return Contribution(row.public_id, row.title, row.name, row.ambitions or [], row.objectives or [])


def _decided(edition: Edition) -> Select[Entry, Listing]:
    query = select(Entry, Listing).outerjoin(Listing, Listing.entry_id == Entry.id)
    return query.where(Entry.edition_id == edition.id, Entry.current_version_id.is_not(None))


def _in_state(query: Select[Entry, Listing], state: ListingState | None) -> Select[Entry, Listing]:
    if state is None:
        return query
    if state is ListingState.PENDING:
        return query.where(or_(Listing.id.is_(None), Listing.state == state))
    return query.where(Listing.state == state)
