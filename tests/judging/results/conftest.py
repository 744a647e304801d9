"""An edition that is judged, awarded and funded, with a sponsor, a winner and somebody who won nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from judging.prizes.service import award_by_ranking
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
from tests.support.results import CANARY, publish
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
    publication: Any = None


@pytest.fixture
def contest(request, app, session):
    """Nothing scheduled unless a test asks for it; the winning team has a minor, whose family name is Secretname."""
    with app.app_context():
        if "published" in request.fixturenames:
            return once(session, _with_public_results)
        return once(session, _with_scheduled_results if "scheduled" in request.fixturenames else _judged)


@pytest.fixture
def scheduled(contest):
    """The results are sealed, and public in an hour."""
    return contest.publication


@pytest.fixture
def published(contest):
    """The results are public."""
    return contest.publication


def _with_public_results(session):
    return _scheduled(session, timedelta(0))


def _with_scheduled_results(session):
    return _scheduled(session, timedelta(hours=1))


def _scheduled(session, until_public):
    contest = _judged(session)
    contest.publication = publish(session, contest.edition, until_public)
    return contest


def _judged(session):
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
