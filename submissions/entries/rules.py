"""When an entry may change and be handed in, and what it still lacks. Pure: plain values in, plain values out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from challenges.editions.sheet.rules import Questions
from submissions.entries.sheet.rules import Sheet, SheetGap, sheet_gaps

# With less than this left, a draft that is not handed in is late.
LATE_BEFORE_DEADLINE = timedelta(days=3)


class Missing(StrEnum):
    """What keeps an entry from being handed in."""

    UPLOAD = "upload"
    CITATION = "citation"
    TEAM_TOO_SMALL = "team-too-small"
    TEAM_TOO_LARGE = "team-too-large"
    REGISTRATION = "registration"
    RULES = "rules"


class EntryState(StrEnum):
    """Where a team stands, as organisers see it."""

    NONE = "none"
    DRAFT = "draft"
    HANDED_IN = "handed-in"


@dataclass(frozen=True)
class Readiness:
    """The facts that decide whether an entry can be handed in."""

    sheet: Sheet
    has_accepted_upload: bool
    citations_with_usage: int
    members: int
    smallest_team: int
    largest_team: int
    everyone_is_registered: bool
    actor_accepts_current_rules: bool
    questions: Questions = field(default_factory=Questions)

    def missing(self) -> list[Missing | SheetGap]:
        """What is still needed, in the order in which a team would do it; nothing when all is there."""
        needs: dict[Missing | SheetGap, object] = {
            Missing.UPLOAD: self.has_accepted_upload,
            **dict.fromkeys(sheet_gaps(self.sheet, self.questions), False),
            Missing.CITATION: self.citations_with_usage,
            Missing.TEAM_TOO_SMALL: self.members >= self.smallest_team,
            Missing.TEAM_TOO_LARGE: self.members <= self.largest_team,
            Missing.REGISTRATION: self.everyone_is_registered,
            Missing.RULES: self.actor_accepts_current_rules,
        }
        return [need for need, is_met in needs.items() if not is_met]


def draft_may_change(deadline: datetime, now: datetime) -> bool:
    """Whether a draft may still be changed: until the deadline, itself included."""
    return now <= deadline


def drafts_are_late(deadline: datetime, now: datetime) -> bool:
    """Whether so little time is left that a draft needs somebody's attention."""
    return deadline - now < LATE_BEFORE_DEADLINE
