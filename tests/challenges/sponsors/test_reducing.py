"""A promise that becomes less or is withdrawn: by its own act, never below what arrived, was awarded or spent."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from challenges.editions.rules import Phase
from challenges.ledger.models import Transaction
from challenges.ledger.queries import figures_of_pledges, statement_of
from challenges.ledger.rules import TransactionKind
from challenges.ledger.service import KeyTaken
from challenges.sponsors import pools
from challenges.sponsors.checks import CHECKS
from challenges.sponsors.models import Custody
from challenges.sponsors.reducing import Reduction, reduce_pledge
from challenges.sponsors.rules import late_cents
from challenges.sponsors.terms import expect_instalment
from hackaviz.accounts.models import Role
from hackaviz.kernel.audit import Action
from hackaviz.kernel.errors import Invalid
from tests.factories import grant, make_edition, make_person, make_pledge, make_sponsor, sign_in

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def sponsor(app, session):
    return make_sponsor(session, make_edition(session, Phase.SUBMISSION), name="The port")


def reduce(session, pledge, cents, *, key="once", day=date(2026, 10, 3)):
    asked = Reduction(cents, day, "The port, by letter: a slip of the keyboard", key)
    return reduce_pledge(session, pledge=pledge, reduction=asked, actor=None, now=NOW)


def figures(session, pledge):
    return figures_of_pledges(session, [pledge.id])[pledge.id]


def broken(session):
    return [found for look in CHECKS.values() for found in look(session)]


def test_a_slip_is_corrected_and_the_statement_and_the_log_say_so(session, sponsor):
    pledge = make_pledge(session, sponsor, 4_000_000, received=100_000)
    written = reduce(session, pledge, 400_000)
    told = figures(session, pledge)
    assert (pledge.promised_cents, told.promised, told.expected, told.received) == (400_000, 400_000, 300_000, 100_000)
    line = statement_of(session, pledge.id)[0]
    assert (line.transaction, line.cents, line.transaction.decision) == (written, 3_600_000, written.decision)
    logged = session.scalars(select(Action).where(Action.verb == "pledge.reduce")).one()
    assert (logged.details["before"], logged.details["after"]) == (4_000_000, 400_000)
    assert broken(session) == []


@pytest.mark.parametrize("custody", [Custody.ORGANISER, Custody.DIRECT])
def test_a_sponsor_withdraws_all_that_is_free(session, sponsor, custody):
    pledge = make_pledge(session, sponsor, 5_000, received=0, custody=custody)
    reduce(session, pledge, 0)
    told = figures(session, pledge)
    assert (pledge.promised_cents, told.promised, told.expected, told.left) == (0, 0, 0, 0)
    assert broken(session) == []


@pytest.mark.parametrize("cents", [999, 5_000, 5_001])
def test_less_than_arrived_or_not_less_is_refused_beside_the_amount(session, sponsor, cents):
    pledge = make_pledge(session, sponsor, 5_000, received=1_000)
    with pytest.raises(Invalid) as refused:
        reduce(session, pledge, cents)
    assert (refused.value.field, pledge.promised_cents) == ("cents", 5_000)


def test_the_database_refuses_it_too(session, sponsor):
    pledge = make_pledge(session, sponsor, 5_000, received=1_000)
    session.commit()
    for cents in (4_999, 999, 0):
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text("UPDATE pledges SET promised_cents = :cents WHERE id = :id"), _of(pledge, cents))
    taken = "INSERT INTO ledger_lines (transaction_key, account_id, cents) SELECT 'x', id, -4001 FROM ledger_accounts "
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(text(taken + "WHERE pledge_id = :id AND kind = 'promised'"), {"id": pledge.id})


def _of(pledge, cents):
    return {"cents": cents, "id": pledge.id}


def test_the_same_form_twice_takes_off_once_and_something_else_is_refused(session, sponsor):
    pledge = make_pledge(session, sponsor, 5_000, received=0)
    assert reduce(session, pledge, 2_000).id == reduce(session, pledge, 2_000).id
    assert pledge.promised_cents == 2_000
    with pytest.raises(KeyTaken):
        reduce(session, pledge, 1_000)


def test_the_schedule_is_shortened_from_its_end_and_nothing_more_is_late(session, sponsor):
    pledge = make_pledge(session, sponsor, 5_000, received=0)
    for month, cents in ((1, 1_000), (2, 2_000), (3, 2_000)):
        acts = {"due_on": date(2026, month, 1), "cents": cents, "actor": None, "now": NOW}
        expect_instalment(session, pledge=pledge, **acts)
    reduce(session, pledge, 1_500)
    assert [part.cents for part in pledge.instalments] == [1_000, 500]
    assert late_cents(pledge, None, pledge.instalments, date(2026, 11, 1)) == 1_500
    assert broken(session) == []


def test_a_reduction_by_mistake_is_taken_back(session, sponsor):
    pledge = make_pledge(session, sponsor, 5_000, received=1_000)
    done = reduce(session, pledge, 1_000)
    pools.take_back(session, transaction=done, decision="The other pledge", actor=None, now=NOW)
    assert (pledge.promised_cents, figures(session, pledge).expected, broken(session)) == (5_000, 4_000, [])


def test_what_has_not_happened_is_not_recorded(session, sponsor):
    pledge = make_pledge(session, sponsor, 5_000, received=0)
    # In Paris it is the 2nd already.
    late = datetime(2026, 11, 1, 23, 30, tzinfo=UTC)
    asked = {"pledge": pledge, "actor": None, "now": late}
    reduce_pledge(session, reduction=Reduction(4_000, date(2026, 11, 2), "Yes", "a"), **asked)
    with pytest.raises(Invalid) as refused:
        reduce_pledge(session, reduction=Reduction(3_000, date(2026, 11, 3), "No", "b"), **asked)
    assert refused.value.field == "happened_on"


def test_the_page_says_what_can_be_taken_off_and_refuses_bank_details(client, session, sponsor):
    person, pledge = make_person(session), make_pledge(session, sponsor, 4_000_000, received=100_000, name="Main")
    grant(session, person, Role.ORGANISER, sponsor.edition)
    sign_in(client, person)
    at = f"/editions/{sponsor.edition.slug}/organise/pledges/{pledge.id}"
    assert "€1,000.00 of it have arrived" in client.get(f"{at}/reduce?lang=en").text
    form = {"cents": "4000", "happened_on": "2020-10-03", "request_key": "k"}
    answer = client.post(f"{at}/reduce?lang=en", data=form | {"decision": "To FR14 2004 1010 0505 0001 3M02 606"})
    assert answer.status_code == 422 and "number of an account or of a card" in answer.text
    to_come = {"decision": "The port", "happened_on": "2999-01-01"}
    answer = client.post(f"{at}/reduce?lang=en", data=form | to_come)
    assert answer.status_code == 422 and "still to come" in answer.text
    client.post(f"{at}/reduce", data=form | {"decision": "The port, invoice FA-2020-00123"})
    page = client.get(f"{at}?lang=en").text
    assert "Promise reduced" in page and "€36,000.00" in page and "FA-2020-00123" in page
    [done] = session.scalars(select(Transaction).where(Transaction.kind == TransactionKind.REDUCTION))
    assert done.recorded_by_id == person.id


def test_money_that_never_came_is_not_given_back(session, sponsor):
    pledge = make_pledge(session, sponsor, 5_000, received=0, custody=Custody.DIRECT)
    back = pools.Release(TransactionKind.REFUND, 1_000, date(2026, 10, 1), "No", "", "k")
    with pytest.raises(Invalid) as refused:
        pools.release(session, pledge=pledge, release=back, actor=None, now=NOW)
    assert refused.value.field == "way"
