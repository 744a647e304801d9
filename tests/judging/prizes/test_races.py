"""Two organisers at once: who comes second decides on what the first one left, not on what was read before.

On SQLite the second cannot even read before the first is done.
"""

import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from challenges.editions.rules import Phase
from challenges.ledger.queries import figures_of_edition
from challenges.sponsors.checks import CHECKS as PLEDGES
from challenges.sponsors.queries import pledges_of
from hackaviz.kernel.database import session_factory
from hackaviz.kernel.errors import Conflict, DomainError
from judging.prizes import service
from judging.prizes.checks import CHECKS as AWARDS
from judging.prizes.queries import awards_of
from judging.prizes.service import Given
from tests.factories import (
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_pledge,
    make_prize,
    make_sponsor,
    pay,
)

pytestmark = [pytest.mark.database("postgresql"), pytest.mark.usefixtures("app")]
ACT = {"actor": None, "now": datetime(2026, 11, 1, 12, tzinfo=UTC)}


@pytest.fixture
def edition(session):
    """One award of 50,000 that nobody pays yet, and two pledges that could."""
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    entry = make_handed_in_entry(session, make_challenge(session, edition, criteria=1))
    prize = make_prize(session, edition, None, 50_000)
    sponsor = make_sponsor(session, edition)
    for _two in range(2):
        make_pledge(session, sponsor, 60_000)
    service.give_award(session, edition=edition, prize=prize, entry=entry, given=Given(50_000), **ACT)
    session.commit()
    return edition


@pytest.fixture
def second(engine, session, edition):
    """The other organiser, who has read the awards and the edition already."""
    with session_factory(engine)() as own:
        own.kept = own.merge(edition), list(awards_of(own, edition))
        yield own


def choose(session, edition, award, pledge):
    service.set_funding(session, edition=edition, award=award, cents_by_pledge={pledge.id: 50_000}, **ACT)


def broken(session):
    session.expire_all()
    return [found for look in {**PLEDGES, **AWARDS}.values() for found in look(session)]


@pytest.fixture
def paid(session, edition, second):
    """Meanwhile the award is funded and paid."""
    award, pledge = awards_of(session, edition)[0], pledges_of(session, edition)[0]
    choose(session, edition, award, pledge)
    pay(session, edition, award, date(2020, 12, 1), "VIR-9")
    session.commit()
    yield award
    second.commit()
    figures = figures_of_edition(session, edition)
    assert (broken(session), figures.paid, figures.left) == ([], 50_000, 70_000)


@pytest.mark.usefixtures("paid")
def test_an_award_that_was_paid_meanwhile_is_not_taken_back(second):
    theirs, [read] = second.kept
    with pytest.raises(Conflict):
        service.take_back(second, edition=theirs, award=read, **ACT)


@pytest.mark.usefixtures("paid")
def test_nobody_else_pays_an_award_that_was_paid_meanwhile(second):
    theirs, [read] = second.kept
    with pytest.raises(Conflict):
        choose(second, theirs, read, pledges_of(second, theirs)[1])


@pytest.mark.usefixtures("paid")
def test_funding_every_award_anew_leaves_what_was_paid_meanwhile(second):
    service.fund_awards(second, edition=second.kept[0], **ACT)


def test_two_who_choose_who_pays_leave_the_choice_of_the_second_alone(session, edition, second):
    [award], [first, other] = awards_of(session, edition), pledges_of(session, edition)
    choose(session, edition, award, first)
    session.commit()
    theirs, [read] = second.kept
    choose(second, theirs, read, other)
    second.commit()
    assert broken(session) == []
    assert [(part.pledge_id, part.cents) for part in award.fundings] == [(other.id, 50_000)]
    assert figures_of_edition(session, edition).bound == 50_000


def test_an_award_that_was_taken_back_meanwhile_is_refused_in_words(session, edition, second):
    service.take_back(session, edition=edition, award=awards_of(session, edition)[0], **ACT)
    session.commit()
    theirs, [read] = second.kept
    with pytest.raises(Conflict, match="taken back meanwhile"):
        service.take_back(second, edition=theirs, award=read, **ACT)


def test_two_who_fund_every_award_at_once_wait_for_each_other(session, edition, second):
    service.fund_awards(session, edition=edition, **ACT)
    failed = []

    def fund_too():
        try:
            service.fund_awards(second, edition=second.kept[0], **ACT)
            second.commit()
        except (DomainError, IntegrityError) as error:
            failed.append(error)

    other = threading.Thread(target=fund_too)
    other.start()
    other.join(timeout=0.5)
    assert other.is_alive()
    session.commit()
    other.join()
    assert failed == [] and broken(session) == []
    assert figures_of_edition(session, edition).bound == 50_000
