"""Until when a team's entry may change and be handed in, and the refusals that say so."""

from datetime import datetime, timedelta

from submissions.entries.models import Entry
from submissions.entries.refusals import TooEarly, TooLate
from submissions.entries.rules import draft_may_change
from submissions.entries.transfers.rules import Closing
from submissions.teams.rules import team_deadline


def closing_of(entry: Entry) -> Closing:
    """The deadline of the entry's team, and the grace of its edition."""
    return Closing(team_deadline(entry.team), timedelta(minutes=entry.edition.hand_in_grace_minutes))


def may_change(entry: Entry, now: datetime) -> bool:
    """Whether the draft may still change."""
    return draft_may_change(team_deadline(entry.team), now)


def hand_in_is_open(entry: Entry, now: datetime) -> bool:
    """Whether the team may hand in; the deadline itself still counts."""
    return entry.edition.submission_opens_at <= now and may_change(entry, now)


def require_open_draft(entry: Entry, now: datetime) -> None:
    """Raises TooLate once the team's deadline has passed."""
    if not may_change(entry, now):
        raise TooLate(entry, now)


def require_open_hand_in(entry: Entry, now: datetime) -> None:
    """Raises TooLate after the team's deadline, TooEarly before the opening."""
    require_open_draft(entry, now)
    if now < entry.edition.submission_opens_at:
        raise TooEarly(entry)
