"""What entries add to the catalogue: where a reader who takes part can put a chart now."""

from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.catalogue.registry import Mention
from challenges.editions.models import Edition
from hackaviz.web.language import current_language
from submissions.entries.models import Entry
from submissions.entries.rules import draft_may_change
from submissions.teams.models import Team, TeamMember
from submissions.teams.rules import team_deadline


def drafts_of(session: Session, person: Any, now: datetime) -> list[Mention]:
    """The drafts of a person's teams that may still change, and the teams that have not begun theirs."""
    query = (
        select(Team, Entry.public_id)
        .join(Team.members)
        .join(Team.edition)
        .outerjoin(Entry, Entry.team_id == Team.id)
        .where(TeamMember.person_id == person.id)
        .options(joinedload(Team.edition), selectinload(Team.extensions))
        .order_by(Edition.submission_closes_at, Team.id)
    )
    rows = session.execute(query).all()
    return [_mention(team, entry) for team, entry in rows if draft_may_change(team_deadline(team), now)]


def _mention(team: Team, entry: str | None) -> Mention:
    name, edition = team.name, team.edition.title.in_language(current_language())
    if entry is None:
        return Mention(name, url_for("teams.team", public_id=team.public_id), edition)
    return Mention(name, url_for("entries.edit", public_id=entry), edition)
