"""What a tie pools is one thing for people: approved, paid, shared, taken back and told of at once."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from challenges.editions.rules import Phase
from challenges.sponsors.models import PrizeRule
from challenges.sponsors.rules import PrizeKind
from hackaviz.accounts.models import Role
from hackaviz.kernel.bilingual import Bilingual
from judging.prizes import paying, service
from judging.prizes.paying import WinnerPayment
from judging.prizes.queries import awards_of, passed_over_in
from judging.prizes.shares.queries import shares_of
from judging.prizes.shares.service import consent, propose_shares
from judging.prizes.winnings import winnings_of
from judging.results.reading import award_labels_in, awards_in
from judging.results.snapshot import take_snapshot
from judging.sealing.service import seal
from tests.factories import (
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
    make_team,
    pay,
    refuse_team,
    sign_in,
)
from tests.support.worlds import once

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
# Before the clock of any test: a payment is recorded once it has happened.
DAY = date(2026, 1, 5)
SHARED = Bilingual(fr="Places 1 à 3, partagées", en="Places 1 to 3, shared")
pytestmark = pytest.mark.database("sqlite")


@pytest.fixture(autouse=True)
def context(app):
    """Names of shared places are said in two languages."""
    with app.app_context():
        yield


def three_share_three_prizes(session):
    """Three works with equal marks, the first of a team of two, and prizes of 25, 15 and 8.01."""
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    pair = make_team(session, edition, [make_person(session, name=name) for name in ("Ana", "Léo")])
    juror = make_juror(session, edition)
    for number, team in enumerate((pair, make_team(session, edition), make_team(session, edition)), 1):
        make_review(session, juror, make_handed_in_entry(session, challenge, team=team, title=f"Work {number}"), [3])
    for place, cents in enumerate((2_500, 1_500, 801), 1):
        make_prize(session, edition, challenge, cents, place=place)
    make_pledge(session, make_sponsor(session, edition, name="The port"), 10_000)
    service.award_by_ranking(session, edition=edition, actor=None, now=NOW)
    seal(session, edition=edition, actor=None, now=NOW)
    return edition


@pytest.fixture
def edition(session):
    return once(session, three_share_three_prizes)


def winnings(session, edition):
    return winnings_of(awards_of(session, edition))


def of_the_pair(session, edition):
    return next(each for each in winnings(session, edition) if each.entry.title == "Work 1")


def test_a_tie_gives_one_thing_to_each_team_and_its_members_share_the_sum(session, edition):
    found = winnings(session, edition)
    assert sorted(each.cents for each in found) == [1_600, 1_600, 1_601]
    assert {each.title for each in found} == {SHARED}
    assert all(len(each.slices) == 3 and each.is_funded for each in found)
    ours = of_the_pair(session, edition)
    even, odd = ours.cents // 2, ours.cents - ours.cents // 2
    assert [share.cents for share in shares_of(session, ours)] == [odd, even]


def test_one_act_of_two_people_approves_and_one_act_pays_every_slice(session, edition):
    ours = of_the_pair(session, edition)
    people = [make_person(session, is_administrator=True) for _two in range(2)]
    for person in people:
        acts = {"award": ours.slices[2], "seen": ours.content, "actor": person, "now": NOW}
        paying.approve_payout(session, edition=edition, **acts)
    assert of_the_pair(session, edition).is_approved
    payment = WinnerPayment(DAY, "VIR-1")
    paying.record_award_payment(session, edition=edition, award=ours.lead, payment=payment, actor=None, now=NOW)
    assert {(each.paid_on, each.payment_reference) for each in ours.slices} == {(DAY, "VIR-1")}
    assert sum(each.paid_on is None for each in awards_of(session, edition)) == 6


def test_a_slice_that_is_taken_back_takes_the_others_with_it(session, edition):
    ours = of_the_pair(session, edition)
    service.take_back(session, edition=edition, award=ours.slices[1], actor=None, now=NOW)
    assert len(awards_of(session, edition)) == 6


def test_members_agree_on_the_sum_and_each_slice_keeps_its_cents(session, edition):
    ours = of_the_pair(session, edition)
    ana, leo = (share.person for share in shares_of(session, ours))
    wanted = {ana.id: 1_000, leo.id: ours.cents - 1_000}
    made = propose_shares(session, edition=edition, award=ours.lead, cents=wanted, actor=ana, now=NOW)
    consent(session, edition=edition, proposal=made, actor=leo, now=NOW)
    session.expire_all()
    ours = of_the_pair(session, edition)
    assert {share.person.id: share.cents for share in shares_of(session, ours)} == wanted
    for each in ours.slices:
        assert sum(part.cents for part in each.share_proposals[-1].parts) == each.cents


def test_what_is_paid_stays_and_all_the_rest_is_awarded_anew_by_one_act(session, edition):
    ours = of_the_pair(session, edition)
    pay(session, edition, ours.lead, DAY, "VIR-1")
    before = {each.entry.title: each.cents for each in winnings(session, edition)}
    kept = {each.id for each in ours.slices}
    service.award_by_ranking(session, edition=edition, actor=None, now=NOW.replace(hour=13))
    assert {each.entry.title: each.cents for each in winnings(session, edition)} == before
    assert {each.id for each in awards_of(session, edition) if each.paid_on} == kept


def test_publications_labels_and_the_list_for_the_accountant_tell_of_one_sum(client, session, edition):
    ours = of_the_pair(session, edition)
    snapshot = take_snapshot(session, edition, NOW)
    told = next(each for each in awards_in(snapshot) if each.entry["public_id"] == ours.entry.public_id)
    assert (told.prize, told.cents, [payer.cents for payer in told.payers]) == (SHARED, ours.cents, [ours.cents])
    [label] = award_labels_in(snapshot)[ours.entry.public_id]
    assert label.en == f"Places 1 to 3, shared: €16.0{ours.cents % 10}"
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    session.commit()
    answer = sign_in(client, organiser).get(f"/editions/{edition.slug}/organise/awards/payments.csv?lang=en")
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row["Prize"] for row in rows] == [SHARED.en] * 4
    page = client.get(f"/editions/{edition.slug}/organise/awards?lang=en").text
    assert page.count("Approve the payment") == 3


def test_whoever_may_have_none_of_the_pooled_prizes_is_passed_over_for_each_and_the_public_reads_no_reason(
    session, edition
):
    ours = of_the_pair(session, edition)
    refuse_team(session, ours.entry)
    service.award_by_ranking(session, edition=edition, actor=None, now=NOW)
    assert [each.prize.place for each in passed_over_in(session, edition)] == [1, 2, 3]
    rows = [row for challenge in take_snapshot(session, edition, NOW)["challenges"] for row in challenge["ranking"]]
    [told] = [row["passed_over"] for row in rows if row["entry"]["title"] == "Work 1"]
    assert len(told) == 3 and not any(each["hors_concours"] for each in told)
    assert "refused" not in str(told)


def test_two_prizes_given_by_decision_are_two(session, edition):
    entry = of_the_pair(session, edition).entry
    for place in (101, 102):
        prize = make_prize(session, edition, None, 100, place=place, rule=PrizeRule(kind=PrizeKind.MENTION))
        given = service.Given(100, "The jury")
        service.give_award(session, edition=edition, prize=prize, entry=entry, given=given, actor=None, now=NOW)
    assert len([each for each in winnings(session, edition) if each.entry is entry]) == 3
