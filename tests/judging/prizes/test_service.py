"""Awards on real databases: what follows from the ranking, who pays, and races for the last euros."""

import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from challenges.editions.models import Edition
from challenges.editions.rules import Phase
from challenges.sponsors.models import Custody, Pledge, Prize
from challenges.sponsors.service import PledgeTerms
from challenges.sponsors.service import pledge as make_promise
from hackaviz.kernel.errors import Conflict, DomainError, Invalid
from hackaviz.web.database import sessions
from judging.prizes import queries, service
from judging.prizes.models import Award, AwardFunding
from judging.prizes.service import Given
from submissions.entries.models import Entry
from submissions.teams.models import Eligibility, Registration
from tests.factories import (
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
    pay,
    save,
)

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture
def edition(session):
    return make_edition(session, Phase.DELIBERATION, reviews_needed=1)


@pytest.fixture
def challenge(session, edition):
    return make_challenge(session, edition, criteria=1)


@pytest.fixture
def organiser(session):
    return make_person(session)


def reviewed(session, challenge, mark):
    entry = make_handed_in_entry(session, challenge)
    make_review(session, make_juror(session, challenge.edition), entry, [mark])
    return entry


def award(session, edition, organiser):
    return service.award_by_ranking(session, edition=edition, actor=organiser, now=NOW)


def test_prizes_go_by_place_and_are_funded_to_the_cent(app, session, edition, challenge, organiser):
    second, first = reviewed(session, challenge, 3), reviewed(session, challenge, 4)
    make_prize(session, edition, challenge, 50_000, place=1)
    make_prize(session, edition, challenge, 30_001, place=2)
    pledge = make_pledge(session, make_sponsor(session, edition), 100_000)
    awards = award(session, edition, organiser)
    assert [(given.entry_id, given.cents) for given in awards] == [(first.id, 50_000), (second.id, 30_001)]
    assert [sum(part.cents for part in given.fundings) for given in awards] == [50_000, 30_001]
    session.refresh(pledge)
    assert (pledge.allocated_cents, pledge.left_cents) == (80_001, 19_999)


def test_awarding_again_replaces_what_was_awarded_and_leaves_no_money_bound(
    app, session, edition, challenge, organiser
):
    reviewed(session, challenge, 3)
    make_prize(session, edition, challenge, 50_000)
    pledge = make_pledge(session, make_sponsor(session, edition), 60_000)
    award(session, edition, organiser)
    award(session, edition, organiser)
    session.refresh(pledge)
    assert len(queries.awards_of(session, edition)) == 1
    assert pledge.left_cents == 10_000


def test_a_team_whose_student_status_is_refused_is_passed_over(app, session, edition, challenge, organiser):
    best, next_best = reviewed(session, challenge, 4), reviewed(session, challenge, 2)
    captain = best.team.captain
    registration = session.scalars(select(Registration).where(Registration.person_id == captain.id)).one()
    registration.eligibility = Eligibility.REFUSED
    make_prize(session, edition, challenge, 10_000)
    make_pledge(session, make_sponsor(session, edition), 10_000)
    assert [given.entry_id for given in award(session, edition, organiser)] == [next_best.id]


def test_money_that_has_not_arrived_pays_nothing_and_the_refusal_names_who_competes(
    app, session, edition, challenge, organiser
):
    reviewed(session, challenge, 4)
    prize = make_prize(session, edition, challenge, 50_000)
    pledge = make_pledge(session, make_sponsor(session, edition), 50_000, received=49_999)
    session.commit()
    with pytest.raises(service.CannotFund) as refused:
        award(session, edition, organiser)
    assert refused.value.missing_cents == 1
    assert [each.id for each in refused.value.prizes] == [prize.id]
    assert [each.id for each in refused.value.pledges] == [pledge.id]
    session.rollback()
    assert queries.awards_of(session, edition) == []


def test_a_sponsor_that_pays_directly_needs_to_send_nothing_first(app, session, edition, challenge, organiser):
    reviewed(session, challenge, 4)
    make_prize(session, edition, challenge, 50_000)
    make_pledge(session, make_sponsor(session, edition), 50_000, received=0, custody=Custody.DIRECT)
    assert len(award(session, edition, organiser)) == 1


def test_money_for_another_challenge_is_never_used(app, session, edition, challenge, organiser):
    reviewed(session, challenge, 4)
    make_prize(session, edition, challenge, 50_000)
    other = make_challenge(session, edition)
    terms = PledgeTerms("For the other", 90_000, Custody.DIRECT, challenge_ids=[other.id])
    sponsor = make_sponsor(session, edition)
    make_promise(session, sponsor=sponsor, terms=terms, actor=organiser, now=NOW)
    with pytest.raises(service.CannotFund) as refused:
        award(session, edition, organiser)
    assert refused.value.missing_cents == 50_000
    assert refused.value.pledges == []


def test_funding_by_hand_must_sum_to_the_award_and_respect_what_is_held(app, session, edition, challenge, organiser):
    reviewed(session, challenge, 4)
    make_prize(session, edition, challenge, 50_000)
    sponsor = make_sponsor(session, edition)
    small, large = make_pledge(session, sponsor, 20_000), make_pledge(session, sponsor, 90_000)
    [given] = award(session, edition, organiser)

    def choose(parts):
        service.set_funding(session, edition=edition, award=given, cents_by_pledge=parts, actor=organiser, now=NOW)

    with pytest.raises(Invalid):
        choose({large.id: 49_999})
    with pytest.raises(Invalid) as refused:
        choose({small.id: 20_001, large.id: 29_999})
    assert refused.value.field == f"pledge_{small.id}"
    session.rollback()


def test_a_paid_award_can_neither_be_taken_back_nor_replaced(app, session, edition, challenge, organiser):
    reviewed(session, challenge, 4)
    make_prize(session, edition, challenge, 50_000)
    make_pledge(session, make_sponsor(session, edition), 50_000)
    [given] = award(session, edition, organiser)
    pay(session, edition, given, date(2026, 11, 2), "T-1")
    with pytest.raises(Conflict):
        service.take_back(session, edition=edition, award=given, actor=organiser, now=NOW)
    assert [each.id for each in award(session, edition, organiser)] == [given.id]


def test_the_database_itself_refuses_more_than_is_announced_or_held(app, session, edition, challenge, organiser):
    reviewed(session, challenge, 4)
    make_prize(session, edition, challenge, 50_000)
    make_pledge(session, make_sponsor(session, edition), 50_000)
    award(session, edition, organiser)
    session.commit()
    for table, change in [("award_fundings", "cents + 1"), ("awards", "cents + 1"), ("prizes", "cents - 1")]:
        with pytest.raises(IntegrityError):
            session.execute(text(f"UPDATE {table} SET cents = {change}"))
        session.rollback()


@pytest.mark.parametrize("organisers", [2, 10])
def test_organisers_who_spend_the_last_euros_at_once_never_spend_more(app, session, edition, challenge, organisers):
    entries = [make_handed_in_entry(session, challenge).id for _ in range(organisers)]
    prize = make_prize(session, edition, challenge, 100_000).id
    pledge = make_pledge(session, make_sponsor(session, edition), 100_000)
    edition_id = edition.id
    session.commit()
    with app.app_context():
        factory = sessions().writing
    given = []

    def spend(entry_id):
        with app.app_context(), factory() as own:
            try:
                made = service.give_award(
                    own,
                    edition=own.get_one(Edition, edition_id),
                    prize=own.get_one(Prize, prize),
                    entry=own.get_one(Entry, entry_id),
                    given=Given(60_000),
                    actor=None,
                    now=NOW,
                )
                own.add(AwardFunding(award=made, pledge_id=pledge.id, cents=60_000))
                own.commit()
                given.append(entry_id)
            except (DomainError, IntegrityError):
                own.rollback()

    threads = [threading.Thread(target=spend, args=(entry_id,)) for entry_id in entries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    session.expire_all()
    assert len(given) == 1
    assert session.scalars(select(Award.cents)).all() == [60_000]
    assert session.get_one(Pledge, pledge.id).allocated_cents == 60_000


def test_an_edition_wide_prize_may_go_to_any_challenge_but_a_challenges_prize_may_not(
    app, session, edition, challenge, organiser
):
    entry = make_handed_in_entry(session, challenge)
    whole = make_prize(session, edition, None, 1_000)
    foreign = make_prize(session, edition, make_challenge(session, edition), 1_000)
    given = {"edition": edition, "entry": entry, "given": Given(1_000), "actor": organiser, "now": NOW}
    service.give_award(session, prize=whole, **given)
    with pytest.raises(Invalid) as refused:
        service.give_award(session, prize=foreign, **given)
    assert refused.value.field == "entry"


def test_the_sums_of_the_database_follow_every_award_and_refund(app, session, edition, challenge, organiser):
    reviewed(session, challenge, 4)
    prize = make_prize(session, edition, challenge, 50_000)
    pledge = make_pledge(session, make_sponsor(session, edition), 50_000)
    [given] = award(session, edition, organiser)
    session.expire_all()
    assert (prize.awarded_cents, pledge.allocated_cents) == (50_000, 50_000)
    service.take_back(session, edition=edition, award=given, actor=organiser, now=NOW)
    session.expire_all()
    assert (prize.awarded_cents, pledge.allocated_cents) == (0, 0)
    assert save(session, Award(prize=prize, entry=given.entry, cents=1, decided_at=NOW)).cents == 1
