"""However many organisers spend the last euros at once, on either database, no more is bound than there is."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from challenges.ledger.queries import figures_of_edition
from challenges.sponsors.checks import CHECKS as PLEDGES
from challenges.sponsors.queries import pledges_of
from hackaviz.kernel.database import session_factory
from hackaviz.kernel.errors import DomainError
from judging.prizes import service
from judging.prizes.checks import CHECKS as AWARDS
from judging.prizes.models import Award, AwardFunding
from judging.prizes.queries import awards_of
from tests.factories import (
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_pledge,
    make_prize,
    make_sponsor,
    save,
)

pytestmark = pytest.mark.usefixtures("app")
ACT = {"actor": None, "now": datetime(2026, 11, 1, 12, tzinfo=UTC)}
AWARDED, GIVEN, ENOUGH_FOR = 30_000, 100_000, 3


@pytest.fixture
def edition(session, organisers):
    """An award for each organiser, which nobody pays yet, and a pledge that can pay three of them."""
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    entry = make_handed_in_entry(session, make_challenge(session, edition, criteria=1))
    for _each in range(organisers):
        prize = make_prize(session, edition, None, AWARDED)
        save(session, Award(prize=prize, entry=entry, cents=AWARDED, decided_at=ACT["now"]))
    make_pledge(session, make_sponsor(session, edition), GIVEN)
    session.commit()
    return edition


@pytest.fixture
def session_of_its_own(engine):
    return session_factory(engine)


@pytest.mark.parametrize("organisers", [2, 10, 50])
def test_organisers_who_fund_awards_with_the_last_euros_at_once_never_bind_more(
    session, session_of_its_own, edition, organisers
):
    start = threading.Barrier(organisers)
    funded = []

    def fund(number):
        with session_of_its_own() as own:
            theirs = own.merge(edition, load=False)
            start.wait()
            award, [pledge] = awards_of(own, theirs)[number], pledges_of(own, theirs)
            try:
                service.set_funding(own, edition=theirs, award=award, cents_by_pledge={pledge.id: AWARDED}, **ACT)
                own.commit()
                funded.append(number)
            except DomainError:
                own.rollback()

    threads = [threading.Thread(target=fund, args=(number,)) for number in range(organisers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.expire_all()
    bound = session.scalars(select(AwardFunding.cents)).all()
    assert len(funded) == len(bound) == min(organisers, ENOUGH_FOR)
    assert sum(bound) == figures_of_edition(session, edition).bound <= GIVEN
    assert [found for look in {**PLEDGES, **AWARDS}.values() for found in look(session)] == []
