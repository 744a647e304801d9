"""A process that moves money is killed at any statement: what it had not finished is not there, the rest balances."""

import os
import signal
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event, func, select

from challenges.editions.models import Edition
from challenges.editions.rules import Phase
from challenges.ledger.checks import CHECKS as LEDGER
from challenges.ledger.models import Transaction
from challenges.ledger.rules import TransactionKind
from challenges.sponsors.carrying import carry_over
from challenges.sponsors.checks import CHECKS as PLEDGES
from challenges.sponsors.models import Pledge
from challenges.sponsors.pools import Release
from hackaviz.kernel.database import open_engine, session_factory
from judging.prizes.checks import CHECKS as AWARDS
from judging.prizes.service import award_by_ranking
from tests.factories import (
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
)

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
ACT = {"actor": None, "now": NOW}
# Statements between two kills.
STEP = 11


@pytest.fixture
def contest(session):
    """A ranked entry, its prize, money for it, and another edition that the rest may go over to."""
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    make_review(session, make_juror(session, edition), make_handed_in_entry(session, challenge), [3])
    make_prize(session, edition, challenge, 50_000)
    pledge = make_pledge(session, make_sponsor(session, edition), 80_000)
    later = make_edition(session, Phase.ANNOUNCED)
    session.commit()
    return edition.id, pledge.id, later.id


def award(session, contest):
    award_by_ranking(session, edition=session.get_one(Edition, contest[0]), **ACT)


def carry(session, contest):
    leaving = Release(TransactionKind.CARRY_OVER, 30_000, date(2026, 10, 30), "The committee", "", "once")
    target, source = session.get_one(Edition, contest[2]), session.get_one(Pledge, contest[1])
    carry_over(session, source=source, edition=target, leaving=leaving, **ACT)


def killed_at(statement, url, act, contest):
    """Whether a child process died at this statement of the act; otherwise it committed."""
    child = os.fork()
    if child == 0:
        engine, seen = open_engine(url), [0]

        def count(*_facts):
            seen[0] += 1
            if seen[0] == statement:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(engine, "after_cursor_execute", count)
        try:
            with session_factory(engine)() as own:
                act(own, contest)
                own.commit()
            os._exit(0)
        finally:
            # Nothing else of the tests may run in the child.
            os._exit(1)
    ended = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(ended) or os.WEXITSTATUS(ended) == 0
    return os.WIFSIGNALED(ended)


def found_broken(session):
    """What the checks say, and how many transactions there are; nothing is held open between two deaths."""
    session.expire_all()
    broken = [found for look in {**LEDGER, **PLEDGES, **AWARDS}.values() for found in look(session)]
    written = session.scalar(select(func.count(Transaction.id)))
    session.rollback()
    return broken, written


@pytest.mark.parametrize("act", [award, carry])
def test_a_killed_act_leaves_nothing_and_the_books_balanced(app, session, engine, contest, act):
    url = engine.url.render_as_string(hide_password=False)
    _broken, before = found_broken(session)
    deaths = 0
    with app.app_context():
        while killed_at(1 + deaths * STEP, url, act, contest):
            deaths += 1
            assert found_broken(session) == ([], before)
    assert deaths >= 3
    broken, after = found_broken(session)
    assert broken == [] and after > before
