"""What is voted on while a demo jury is at work: duels of works among jurors, and the vote of the audience."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.demo.calendar import DemoCalendar
from hackaviz.demo.people import request_key
from hackaviz.demo.story import EditionContent
from judging.panels.audience.rules import Electorate
from judging.panels.audience.service import VotePlan, cast, plan_vote
from judging.scoring.duels.service import plan_duels, prefer, undo_last
from submissions.entries.models import Entry
from submissions.teams.queries import teams_of

BETWEEN = timedelta(minutes=40)


def compare_in_duels(
    session: Session,
    content: EditionContent,
    edition: Edition,
    calendar: DemoCalendar,
    *,
    jurors: Mapping[str, Person],
    entries: Mapping[str, Entry],
    organiser: Person,
) -> None:
    """Duels that last as long as the jury; the last one fought was a slip, and is fought again."""
    opened = calendar.judging_opens
    facts: dict[str, Any] = {"closes_at": calendar.judging_closes, "finalists_only": False}
    plan_duels(session, edition=edition, opens_at=opened, **facts, actor=organiser, now=opened)
    for place, duel in enumerate(content.duels, start=1):
        fought: dict[str, Any] = {"edition": edition, "juror": jurors[duel.juror], "now": opened + place * BETWEEN}
        winner, loser = entries[duel.winner], entries[duel.loser]
        if place == len(content.duels):
            prefer(session, winner=loser, loser=winner, request_key=request_key(), **fought)
            undo_last(session, **fought)
        prefer(session, winner=winner, loser=loser, request_key=request_key(), **fought)


def let_the_audience_vote(
    session: Session,
    content: EditionContent,
    edition: Edition,
    calendar: DemoCalendar,
    *,
    entries: Mapping[str, Entry],
    organiser: Person,
) -> None:
    """Whoever has a verified account votes, for works without names, while the jury reads."""
    opened = calendar.judging_opens
    plan = VotePlan(opened, calendar.judging_closes, Electorate.EVERYBODY, prize=None, voters=())
    panel = plan_vote(session, edition=edition, plan=plan, actor=organiser, now=opened)
    people = {member.person.name: member.person for team in teams_of(session, edition) for member in team.members}
    for place, ballot in enumerate(content.ballots, start=1):
        chosen: dict[str, Any] = {"entry": entries[ballot.work], "person": people[ballot.voter]}
        cast(session, panel=panel, **chosen, now=opened + place * BETWEEN)
