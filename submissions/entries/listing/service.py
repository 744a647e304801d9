"""What organisers decide of listing an entry; its team reads it in a letter."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict
from hackaviz.web.letters import write_letter
from submissions.entries.listing.models import Listing, ListingState
from submissions.entries.listing.queries import listing_of
from submissions.entries.listing.rules import check_decision
from submissions.entries.manifest import sheet_in
from submissions.entries.models import Entry
from submissions.entries.queries import locked_entry


class NothingHandedIn(Conflict):
    """A decision is about a version."""

    def __init__(self) -> None:
        super().__init__(_l("This entry was not handed in, so there is nothing to list. Nothing was changed."))


def decide_listing(
    session: Session, *, entry: Entry, state: ListingState, reason: str, actor: Person, now: datetime
) -> Listing:
    """List the version that counts, refuse it with a reason, or put the decision off. The team is told by letter.

    Raises NotListable, Invalid or NothingHandedIn. Deciding the same again changes nothing.
    """
    entry = locked_entry(session, entry)
    if entry.current_version is None:
        raise NothingHandedIn
    answer = {"is_listed": state is ListingState.LISTED, "is_refused": state is ListingState.REFUSED}
    check_decision(sheet_in(entry.current_version.manifest), **answer, reason=reason)
    listing = listing_of(session, entry) or Listing(entry=entry)
    decided: dict[str, Any] = {"state": state, "reason": reason.strip(), "version_id": entry.current_version.id}
    if all(getattr(listing, name) == value for name, value in decided.items()):
        return listing
    for name, value in (decided | {"decided_at": now, "decided_by_id": actor.id}).items():
        setattr(listing, name, value)
    session.add(listing)
    session.flush()
    _record(session, listing, entry, actor, now)
    if state is not ListingState.PENDING:
        _tell_team(session, listing, entry, now)
    return listing


def _record(session: Session, listing: Listing, entry: Entry, actor: Person, now: datetime) -> None:
    assert entry.current_version is not None
    facts = {"state": listing.state.value, "reason": listing.reason, "version": entry.current_version.number}
    about = {"code": entry.code, **facts}
    record(session, "entry.decide_listing", subject=entry, actor=actor, now=now, edition_id=entry.edition_id, **about)


def _tell_team(session: Session, listing: Listing, entry: Entry, now: datetime) -> None:
    for member in entry.team.members:
        person = member.person
        key = f"listing/{entry.public_id}/{now.isoformat()}/{person.public_id}"
        context: dict[str, Any] = {"person": person, "listing": listing, "entry": entry, "edition": entry.edition}
        letter: dict[str, Any] = {"recipient": person.email, "language": person.language, "unique_key": key, "now": now}
        write_letter(session, "listing_decided", **letter, **context)
