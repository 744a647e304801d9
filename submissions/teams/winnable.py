"""Which prizes a team may not win, and why: told early to the team, asked again at the award."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.eligibility.models import HorsConcours, PrizeStatement
from challenges.sponsors.eligibility.queries import hors_concours_in, statements_of
from challenges.sponsors.eligibility.rules import FROM_EVERY_PRIZE, Member, Obstacle, Tie, obstacles
from challenges.sponsors.eligibility.wording import obstacle_words, unmet_words
from challenges.sponsors.models import Prize
from challenges.sponsors.queries import pledges_of, prizes_named, prizes_of, purposes_of
from challenges.sponsors.rules import may_pay
from hackaviz.accounts.models import Person
from submissions.teams.models import Eligibility, Registration, Team, TeamMember


@dataclass(frozen=True)
class Hindrance:
    """A prize that a team cannot win, and why."""

    prize: Prize
    reasons: Sequence[str]


@dataclass(frozen=True)
class Withheld:
    """A sponsor whose money pays prizes that a team may win, and cannot go to this team, and why."""

    sponsor: str
    reasons: Sequence[str]


def members_of_teams(
    session: Session, edition: Edition, teams: Collection[int] | None = None
) -> Mapping[int, list[Member]]:
    """Team → what is known of its members; of all teams unless some are named."""
    same = (Registration.person_id == TeamMember.person_id) & (Registration.edition_id == TeamMember.edition_id)
    query = select(TeamMember.team_id, Person, Registration).select_from(TeamMember)
    query = query.join(Person, Person.id == TeamMember.person_id).outerjoin(Registration, same)
    query = query.where(TeamMember.edition_id == edition.id).order_by(TeamMember.team_id, TeamMember.seat)
    rows = session.execute(query if teams is None else query.where(TeamMember.team_id.in_(teams))).all()
    known = _known(session, edition.id, [person for _team_id, person, _registration in rows])
    found = defaultdict[int, list[Member]](list)
    for team_id, person, registration in rows:
        found[team_id].append(_member(person, registration, known))
    return found


def member_alone(session: Session, registration: Registration) -> Member:
    """What is known of a registered person, in a team or not."""
    person = registration.person
    return _member(person, registration, _known(session, registration.edition_id, [person]))


@dataclass(frozen=True)
class Known:
    """Person → what they stated, and what organisers decided."""

    stated: Mapping[int, PrizeStatement]
    barred: Mapping[int, HorsConcours]


def _known(session: Session, edition_id: int, people: Sequence[Person]) -> Known:
    return Known(
        statements_of(session, edition_id, [person.id for person in people]), hors_concours_in(session, edition_id)
    )


def _member(person: Person, registration: Registration | None, known: Known) -> Member:
    stated = known.stated.get(person.id)
    is_refused = registration is not None and registration.eligibility is Eligibility.REFUSED
    return Member(
        person_id=person.id,
        name=person.name,
        is_student=registration is not None and registration.is_student and not is_refused,
        is_refused=is_refused,
        is_hors_concours=person.id in known.barred or (stated is not None and stated.tie is not Tie.NONE),
        born_on=stated.born_on if stated else None,
        region=stated.region if stated else "",
        is_first_entry=stated.is_first_entry if stated else None,
    )


def from_every_prize(members: Collection[Member]) -> list[Obstacle]:
    """What keeps these members from every prize."""
    return [each for each in obstacles(None, members) if each.ground in FROM_EVERY_PRIZE]


def hindrances(
    session: Session, edition: Edition, members: Sequence[Member], challenge_id: int | None
) -> list[Hindrance]:
    """The prizes that these people cannot win together; those of other challenges left out once one is chosen."""
    names = {member.person_id: member.name for member in members}
    found = ((prize, obstacles(prize.rule, members)) for prize in _concerned(session, edition, challenge_id))
    return [Hindrance(prize, [obstacle_words(each, names) for each in why]) for prize, why in found if why]


def withheld_money(
    session: Session, edition: Edition, members: Sequence[Member], challenge_id: int | None
) -> list[Withheld]:
    """The sponsors whose pledges have conditions that these people do not meet together, for prizes they may win."""
    pledges = [pledge for pledge in pledges_of(session, edition) if pledge.rule]
    challenges, named = purposes_of(session, pledges), prizes_named(session, pledges)
    winnable = [each for each in _concerned(session, edition, challenge_id) if not obstacles(each.rule, members)]
    concerned = (
        pledge
        for pledge in pledges
        if any(may_pay(each, challenges.get(pledge.id, ()), named.get(pledge.id, ())) for each in winnable)
    )
    found = ((pledge.sponsor.name, unmet_words(pledge.rule, members)) for pledge in concerned)
    return [Withheld(sponsor, reasons) for sponsor, reasons in found if reasons]


def _concerned(session: Session, edition: Edition, challenge_id: int | None) -> list[Prize]:
    prizes = prizes_of(session, edition)
    return [each for each in prizes if challenge_id is None or each.challenge_id in {None, challenge_id}]


def told(session: Session, edition: Edition, members: Sequence[Member], challenge_id: int | None) -> dict[str, Any]:
    """What a page says of prizes: what keeps these people from all, from which others, and whose money from them."""
    names = {member.person_id: member.name for member in members}
    barred = [obstacle_words(each, names) for each in from_every_prize(members)]
    if barred:
        return {"barred": barred, "hindrances": [], "withheld": []}
    ours = (session, edition, members, challenge_id)
    return {"barred": [], "hindrances": hindrances(*ours), "withheld": withheld_money(*ours)}


def hindrances_alone(session: Session, registration: Registration) -> dict[str, Any]:
    """The same for one person, in a team or not."""
    return told(session, registration.edition, [member_alone(session, registration)], None)


def told_team(session: Session, team: Team) -> dict[str, Any]:
    """The same for a team."""
    members = members_of_teams(session, team.edition, [team.id]).get(team.id, [])
    return told(session, team.edition, members, team.challenge_id)


def prizes_part(session: Session, team: Team, _now: datetime) -> tuple[str, dict[str, Any]] | None:
    """What the team's page says of prizes that it cannot win; nothing when it can win all."""
    words = told_team(session, team)
    return ("submissions/teams/_prizes_part.html", words) if any(words.values()) else None
