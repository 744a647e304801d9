"""More time for one team, given by organisers with a reason. What was given before stays in the history."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Invalid
from hackaviz.web.letters import write_letter
from submissions.teams.models import DeadlineExtension, Team
from submissions.teams.queries import locked_team
from submissions.teams.rules import team_deadline


def give_extension(
    session: Session, *, team: Team, closes_at: datetime, reason: str, actor: Person, now: datetime
) -> DeadlineExtension:
    """Give a team a deadline of its own, from now on, in place of the one it has; its members get a letter.

    Raises Invalid for a deadline that has passed, that comes before everybody's or after the jury starts, or that
    the team has already.
    """
    # Lock first: a hand-in is judged by the deadline before or by the one after, never by half of each.
    team = locked_team(session, team)
    if not reason:
        raise Invalid(_l("Say why: the team reads it, and the log keeps it."), field="reason")
    _require_sense(team, closes_at, now)
    former = team_deadline(team)
    extension = DeadlineExtension(team=team, closes_at=closes_at, reason=reason, given_by=actor, given_at=now)
    session.add(extension)
    details = {"former": former.isoformat(), "closes_at": closes_at.isoformat(), "reason": reason}
    record(session, "team.extend", subject=team, actor=actor, now=now, edition_id=team.edition_id, **details)
    _write_to_members(session, team, extension, now)
    return extension


def _require_sense(team: Team, closes_at: datetime, now: datetime) -> None:
    edition = team.edition
    for is_wrong, message in (
        (closes_at == team_deadline(team), _l("This is the deadline that the team has already.")),
        (closes_at <= now, _l("This moment has passed. Choose a later one.")),
        (
            closes_at < edition.submission_closes_at,
            _l("This comes before the deadline of all teams: an extension gives more time, never less."),
        ),
        (
            closes_at > edition.judging_opens_at,
            _l("The jury starts before that. Choose an earlier moment, or move the jury first."),
        ),
    ):
        if is_wrong:
            raise Invalid(message, field="closes_at")


def _write_to_members(session: Session, team: Team, extension: DeadlineExtension, now: datetime) -> None:
    for member in team.members:
        person = member.person
        context = {"person": person, "team": team, "edition": team.edition, "extension": extension}
        key = f"extension/{extension.id}/{person.public_id}"
        write_letter(
            session, "extension", recipient=person.email, language=person.language, unique_key=key, now=now, **context
        )
