"""What jurors say: an entry they skip, a word to the organisers, what they know and would like to review."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.catalogue.rules import THEMES
from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict as Refusal
from hackaviz.kernel.errors import Invalid
from judging.panels.models import Assignment, Bid, Flag
from judging.panels.policy import is_conflicted, not_yours
from judging.panels.queries import assignment_between
from judging.panels.registry import panel_registry
from judging.panels.service import LONGEST_REASON, lock_panel, seat_of
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries


def skip_entry(session: Session, *, entry: Entry, juror: Person, reason: str, now: datetime) -> None:
    """Say that one will not review an entry; organisers find somebody else. What was saved is kept and does not count.

    Raises Invalid without a reason, Refusal when the review is finished.
    """
    assignment = _own(session, entry, juror)
    if panel_registry().finished(session, entry.edition).get((juror.id, entry.id)):
        raise Refusal(_l("This review is finished: reopen it first, or leave it."))
    assignment.skip_reason, assignment.skipped_at = _words(reason), now
    _record(session, "assignment.skip", entry, juror, now)


def take_back_entry(session: Session, *, entry: Entry, juror: Person, now: datetime) -> None:
    """Review an entry after all."""
    assignment = _own(session, entry, juror)
    if assignment.skipped_at is not None:
        assignment.skip_reason, assignment.skipped_at = "", None
        _record(session, "assignment.take_back", entry, juror, now)


def flag_entry(session: Session, *, entry: Entry, juror: Person, text: str, now: datetime) -> Flag:
    """Tell the organisers that something is wrong with an entry. Raises Invalid, for `text`, without words."""
    _own(session, entry, juror)
    flag = Flag(juror_id=juror.id, entry=entry, text=_words(text, "text"), raised_at=now)
    session.add(flag)
    _record(session, "entry.flag", entry, juror, now)
    return flag


def state_expertise(
    session: Session,
    *,
    edition: Edition,
    juror: Person,
    themes: Collection[str],
    wishes: Mapping[int, int],
    now: datetime,
) -> None:
    """Keep the themes a juror knows and what they wish (entry → 1 gladly, -1 rather not); others are forgotten."""
    lock_panel(session, edition)
    seat_of(session, edition, juror).themes = sorted(set(themes) & THEMES.keys())
    offered = {entry.id for entry in handed_in_entries(session, edition)}
    held = {bid.entry_id: bid for bid in _bids(session, juror) if bid.entry_id in offered}
    for entry, bid in held.items():
        if entry not in wishes:
            session.delete(bid)
    for entry, wish in wishes.items():
        if entry in held:
            held[entry].wish = wish
        elif entry in offered:
            session.add(Bid(juror_id=juror.id, entry_id=entry, wish=wish))
    record(session, "juror.expertise", subject=juror, actor=juror, now=now, edition_id=edition.id)


def _bids(session: Session, juror: Person) -> Any:
    return session.scalars(select(Bid).where(Bid.juror_id == juror.id))


def _own(session: Session, entry: Entry, juror: Person) -> Assignment:
    lock_panel(session, entry.edition)
    assignment = assignment_between(session, juror, entry, lock=True)
    if assignment is None or is_conflicted(session, juror, entry):
        raise not_yours()
    return assignment


def _words(text: str, field: str = "reason") -> str:
    words = text.strip()
    if not words or len(words) > LONGEST_REASON:
        raise Invalid(_l("Say in a few words why."), field=field)
    return words


def _record(session: Session, verb: str, entry: Entry, juror: Person, now: datetime) -> None:
    record(session, verb, subject=entry, actor=juror, now=now, edition_id=entry.edition_id, entry=entry.code)
