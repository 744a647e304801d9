"""An edition that is judged, awarded and funded, with a sponsor, a winner and somebody who won nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from judging.prizes.service import award_by_ranking
from judging.results.service import schedule
from submissions.teams.models import Registration
from tests.factories import (
    grant,
    make_challenge,
    make_dataset,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
)
from tests.support.results import CANARY
from tests.support.worlds import once


@dataclass
class Contest:
    """What the tests of results look at."""

    edition: Any
    challenge: Any
    winner: Any
    other: Any
    sponsor: Any
    organiser: Any


@pytest.fixture
def contest(app, session):
    """Nothing scheduled yet; the winning team has a minor, whose family name is Secretname."""
    with app.app_context():
        return once(session, _build)


def _build(session):
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    winner = make_handed_in_entry(session, challenge, title=CANARY)
    winner.team.name = f"Team {CANARY}"
    other = make_handed_in_entry(session, challenge, title="A work without a prize", dataset=make_dataset(session))
    _make_minor(session, winner.team.captain)
    juror = make_juror(session, edition, name="Jo Juror")
    make_review(session, juror, winner, [4])
    make_review(session, juror, other, [1])
    make_prize(session, edition, challenge, 50_000)
    sponsor = make_sponsor(session, edition, name="The sponsor")
    make_pledge(session, sponsor, 60_000)
    award_by_ranking(session, edition=edition, actor=None, now=datetime.now(UTC))
    organiser = make_person(session, name="Olga Organiser")
    grant(session, organiser, Role.ORGANISER, edition)
    return Contest(edition, challenge, winner, other, sponsor, organiser)


def _make_minor(session, person):
    person.name = "Zoe Secretname"
    session.query(Registration).filter_by(person_id=person.id).one().is_minor = True
    session.flush()


@pytest.fixture
def scheduled(app, session, contest):
    """The results are sealed, and public in an hour."""
    with app.app_context():
        at = datetime.now(UTC) + timedelta(hours=1)
        return schedule(session, edition=contest.edition, public_at=at, actor=None, now=datetime.now(UTC))


@pytest.fixture
def published(app, session, contest):
    """The results are public."""
    with app.app_context():
        now = datetime.now(UTC)
        return schedule(session, edition=contest.edition, public_at=now, actor=None, now=now)
