"""What the pages of other rooms show of entries, in words."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import ngettext
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.registry import WaitingItem
from challenges.editions.rules import submission_is_open
from submissions.entries.pages import has_changed_since_hand_in
from submissions.entries.queries import count_in_state, entry_of_team
from submissions.entries.rules import EntryState, draft_may_change, drafts_are_late
from submissions.teams.models import Team
from submissions.teams.rules import team_deadline


def waiting(session: Session, edition: Edition, now: datetime) -> list[WaitingItem]:
    """Teams without a draft and drafts not handed in, while hand-in is open."""
    if not submission_is_open(edition, now):
        return []
    none, draft = (count_in_state(session, edition, state) for state in (EntryState.NONE, EntryState.DRAFT))
    lines = [
        (none, ngettext("team without a draft", "teams without a draft", none), EntryState.NONE),
        (draft, ngettext("draft not handed in", "drafts not handed in", draft), EntryState.DRAFT),
    ]
    is_late = drafts_are_late(edition.submission_closes_at, now)
    return [
        WaitingItem(count, label, _filtered(edition, state), is_late=is_late) for count, label, state in lines if count
    ]


def _filtered(edition: Edition, state: EntryState) -> str:
    return url_for("entries.entries_list", edition_slug=edition.slug, state=state.value)


def team_part(session: Session, team: Team, now: datetime) -> tuple[str, dict[str, Any]]:
    """Where the team's entry stands, and the next act."""
    entry = entry_of_team(session, team)
    context = {
        "entry": entry,
        "changed_since": entry is not None and has_changed_since_hand_in(entry),
        "may_change": draft_may_change(team_deadline(team), now),
    }
    return "submissions/entries/_team_part.html", context
