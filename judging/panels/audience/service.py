"""Verbs on the audience vote: planned by organisers; cast, changed and taken back by people."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.models import Prize
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict as Refusal
from hackaviz.kernel.errors import Invalid, NotFound
from judging.panels.audience.models import AudienceBallot, AudiencePanel, AudienceVoter
from judging.panels.audience.policy import why_not
from judging.panels.audience.queries import (
    audience_panel_of,
    ballot_of,
    candidates,
    has_ballots,
    listed_voters,
)
from judging.panels.audience.rules import Electorate, vote_is_open, voter_key
from judging.panels.service import lock_panel
from submissions.entries.models import Entry
from submissions.teams.policy import is_member


class VoteClosed(Refusal):
    """Ballots are cast and taken back between two instants."""

    code = "vote-closed"

    def __init__(self) -> None:
        super().__init__(_l("The audience vote is closed. What you chose before counts; nothing was changed."))


@dataclass(frozen=True)
class VotePlan:
    """When the audience votes, who, for which prize; `voters` are normalised addresses, where only those vote."""

    opens_at: datetime
    closes_at: datetime
    electorate: Electorate
    prize: Prize | None
    voters: Collection[str]


def plan_vote(session: Session, *, edition: Edition, plan: VotePlan, actor: Person, now: datetime) -> AudiencePanel:
    """Hold an audience vote, or change it. Once somebody has voted, who may vote is only ever widened.

    Raises Invalid with the field, and Refusal to change the electorate or the prize after the first ballot.
    """
    if plan.opens_at <= edition.submission_closes_at:
        raise Invalid(_l("The audience votes once all works are handed in. Choose a later day."), field="opens_at")
    if plan.closes_at <= plan.opens_at:
        raise Invalid(_l("The vote ends after it begins. Choose a later hour."), field="closes_at")
    if plan.electorate is Electorate.LISTED and not plan.voters:
        raise Invalid(_l("List the addresses that may vote, one on each line."), field="voters")
    lock_panel(session, edition)
    panel = audience_panel_of(session, edition)
    if panel is None:
        panel = AudiencePanel(edition=edition)
    elif has_ballots(session, panel) and (panel.electorate, panel.prize) != (plan.electorate, plan.prize):
        raise Refusal(_l("Somebody has voted: who may vote, and for which prize, stays. Nothing was changed."))
    panel.opens_at, panel.closes_at = plan.opens_at, plan.closes_at
    panel.electorate, panel.prize = plan.electorate, plan.prize
    session.add(panel)
    session.flush()
    _list(session, panel, set(plan.voters))
    facts = {"opens_at": plan.opens_at.isoformat(), "closes_at": plan.closes_at.isoformat()}
    facts |= {"electorate": plan.electorate.value}
    record(session, "audience.plan", subject=edition, actor=actor, now=now, edition_id=edition.id, **facts)
    return panel


def _list(session: Session, panel: AudiencePanel, voters: set[str]) -> None:
    held = set(listed_voters(session, panel))
    if not has_ballots(session, panel):
        for voter in session.scalars(select(AudienceVoter).where(AudienceVoter.panel_id == panel.id)):
            if voter.email not in voters:
                session.delete(voter)
    session.add_all(AudienceVoter(panel_id=panel.id, email=email) for email in sorted(voters - held))


def cast(session: Session, *, panel: AudiencePanel, entry: Entry, person: Person, now: datetime) -> AudienceBallot:
    """Vote for a work, in place of what one chose before.

    Raises VoteClosed, Refusal for whoever may not vote or has voted with another account of the same mailbox, NotFound
    for what is not to be chosen.
    """
    _require_open(session, panel, now)
    if (reason := why_not(session, panel, person)) is not None:
        raise Refusal(reason)
    if entry.id not in {each.id for each in candidates(session, panel)}:
        raise NotFound(_l("There is no such work to vote for."))
    if is_member(person, entry.team):
        raise Refusal(_l("This is your own work: choose one of the others."))
    ballot = ballot_of(session, panel, person)
    if ballot is not None:
        ballot.entry, ballot.cast_at = entry, now
        return ballot
    return _first(session, panel, entry, person, now)


def _first(session: Session, panel: AudiencePanel, entry: Entry, person: Person, now: datetime) -> AudienceBallot:
    key = voter_key(panel.id, person.email)
    ballot = AudienceBallot(panel=panel, person=person, entry=entry, voter_key=key, cast_at=now)
    try:
        with session.begin_nested():
            session.add(ballot)
    except IntegrityError as error:
        raise Refusal(_l("This mailbox has voted already, with another account. One person has one vote.")) from error
    # Which work was chosen stays between the voter and the ballot.
    record(session, "audience.vote", subject=panel, actor=person, now=now, edition_id=panel.edition_id)
    return ballot


def take_back(session: Session, *, panel: AudiencePanel, person: Person, now: datetime) -> None:
    """Take one's vote back; nothing happens without one. Raises VoteClosed."""
    _require_open(session, panel, now)
    ballot = ballot_of(session, panel, person)
    if ballot is not None:
        session.delete(ballot)
        record(session, "audience.take_back", subject=panel, actor=person, now=now, edition_id=panel.edition_id)


def _require_open(session: Session, panel: AudiencePanel, now: datetime) -> None:
    # The last ballot and a new closing hour wait for each other.
    lock_row(session, panel)
    if not vote_is_open(panel, now):
        raise VoteClosed


def forget_person(session: Session, person: Person, now: datetime) -> None:
    """Whoever closes the account takes an open vote back; in a closed one the ballot no longer leads to a mailbox."""
    for ballot in session.scalars(select(AudienceBallot).where(AudienceBallot.person_id == person.id)):
        if vote_is_open(ballot.panel, now):
            session.delete(ballot)
        else:
            ballot.voter_key = token_hex(32)
    for voter in session.scalars(select(AudienceVoter).where(AudienceVoter.email == person.email)):
        session.delete(voter)


def export_votes(session: Session, person: Person) -> list[dict[str, Any]]:
    """A person's own votes, for their copy of their data."""
    query = select(AudienceBallot).where(AudienceBallot.person_id == person.id).order_by(AudienceBallot.id)
    return [
        {"edition": each.panel.edition.slug, "entry": each.entry.code, "cast_at": each.cast_at.isoformat()}
        for each in session.scalars(query)
    ]
