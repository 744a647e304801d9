"""The conditions of a giver: its money pays no team that does not meet them, and everybody is told why."""

import re
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select

from challenges.editions.rules import Phase
from challenges.sponsors.eligibility.models import PledgeRule, PrizeStatement
from challenges.sponsors.eligibility.rules import Tie
from hackaviz.accounts.models import Person, Role
from hackaviz.kernel.errors import Conflict, Invalid
from judging.prizes import paying, service
from judging.prizes.checks import fundings_against_purpose
from judging.prizes.paying import WinnerPayment
from judging.prizes.queries import awards_of
from judging.prizes.standing import content_of
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
    sign_in,
)

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
UNDER_26 = {"under_age": 26, "age_on": date(2027, 3, 1)}
YOUNG, OLD = date(2005, 1, 1), date(1990, 1, 1)


@pytest.fixture
def edition(app, session):
    """One ranked entry, of Ana, and a prize of 500 for it."""
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    entry = make_handed_in_entry(session, challenge, title="Tides")
    entry.team.captain.name = "Ana"
    make_review(session, make_juror(session, edition), entry, [3])
    make_prize(session, edition, challenge, 50_000)
    return edition


@pytest.fixture
def acts(session, edition):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    return {"edition": edition, "actor": organiser, "now": NOW}


def give(session, edition, name="Young", **conditions):
    sponsor = make_sponsor(session, edition, name=f"Sponsor of {name}")
    rule = PledgeRule(**conditions) if conditions else None
    return make_pledge(session, sponsor, 50_000, name=name, rule=rule)


def state(session, edition, **facts):
    """What Ana says of herself; it replaces what she said before."""
    ana = session.scalars(select(Person).where(Person.name == "Ana")).one()
    session.execute(delete(PrizeStatement))
    session.add(PrizeStatement(edition_id=edition.id, person_id=ana.id, tie=Tie.NONE, stated_at=NOW, **facts))
    session.flush()


@pytest.mark.parametrize(
    "condition",
    [
        (UNDER_26, {"born_on": OLD}, {"born_on": YOUNG}, "Ana: is too old on the day that counts"),
        ({"region": "Corse"}, {"region": "Bretagne"}, {"region": "corse"}, "Ana: is from another region"),
        (
            {"first_entry_only": True},
            {"is_first_entry": False},
            {"is_first_entry": True},
            "Ana: has entered this contest before",
        ),
    ],
)
def test_money_pays_no_winner_who_does_not_meet_the_conditions_of_its_giver(session, edition, acts, condition):
    conditions, unmet, met, words = condition
    pledge = give(session, edition, **conditions)
    state(session, edition, **unmet)
    session.commit()
    with pytest.raises(service.CannotFund) as refused:
        service.award_by_ranking(session, **acts)
    assert refused.value.pledges == []
    assert [(each.pledge.id, each.reasons) for each in refused.value.withheld] == [(pledge.id, [words])]
    session.rollback()
    state(session, edition, **met)
    [award] = service.award_by_ranking(session, **acts)
    assert [part.pledge_id for part in award.fundings] == [pledge.id]


def test_other_money_pays_instead_and_funding_by_hand_says_why(session, edition, acts):
    young, other = give(session, edition, **UNDER_26), give(session, edition, "For all")
    state(session, edition, born_on=OLD)
    [award] = service.award_by_ranking(session, **acts)
    assert [part.pledge_id for part in award.fundings] == [other.id]
    with pytest.raises(Invalid, match=r"“Young” cannot pay this team\. Ana: is too old") as refused:
        service.set_funding(session, award=award, cents_by_pledge={young.id: 50_000}, **acts)
    assert refused.value.field == f"pledge_{young.id}"


def test_what_changes_after_the_funding_stops_the_payment_and_the_doctor_names_it(session, edition, acts):
    give(session, edition, **UNDER_26)
    state(session, edition, born_on=YOUNG)
    [award] = service.award_by_ranking(session, **acts)
    seal(session, edition=edition, actor=None, now=NOW)
    approve = {"edition": edition, "award": award, "now": NOW, "seen": content_of(award)}
    paying.approve_payout(session, actor=acts["actor"], **approve)
    assert list(fundings_against_purpose(session)) == []
    state(session, edition, born_on=OLD)
    with pytest.raises(Conflict, match=r"“Young” cannot pay this team\. Ana: is too old"):
        paying.approve_payout(session, actor=make_person(session, is_administrator=True), **approve)
    paid = WinnerPayment(date(2020, 12, 1), "VIR-9")
    with pytest.raises(Conflict, match="“Young” cannot pay this team"):
        paying.record_award_payment(session, award=award, payment=paid, **acts)
    [broken] = fundings_against_purpose(session)
    assert "too_old" in broken


def test_pages_say_which_money_is_not_for_the_winner_and_why(client, session, edition, acts):
    sign_in(client, acts["actor"])
    path = f"/editions/{edition.slug}/organise/awards"
    give(session, edition, **UNDER_26)
    state(session, edition, born_on=OLD)
    session.commit()
    page = client.post(f"{path}/by-ranking?lang=en").text
    assert "“Young” cannot pay “First prize (en)” to" in page and "Ana: is too old on the day that counts." in page
    state(session, edition, born_on=YOUNG)
    session.commit()
    client.post(f"{path}/by-ranking")
    [award] = awards_of(session, edition)
    assert award.entry.code in client.get(f"{path}/payments.csv").text
    state(session, edition, born_on=OLD)
    session.commit()
    assert "its money is not for this team" in client.get(f"{path}?lang=en").text
    assert award.entry.code not in client.get(f"{path}/payments.csv").text
    page = client.get(f"{path}/{award.id}/funding?lang=en").text
    assert "“Young” cannot pay this team" in page and not re.search(r'name="pledge_\d+"', page)


def test_organisers_note_the_conditions_of_a_giver_with_the_pledge(client, session, edition, acts):
    sign_in(client, acts["actor"])
    pledge = give(session, edition)
    path = f"/editions/{edition.slug}/organise/pledges/{pledge.id}/purpose?lang=en"
    terms = {"under_age": "26", "region": "Corse", "other_conditions": "Mixed teams"}
    answer = client.post(path, data=terms)
    assert answer.status_code == 422 and "Give both: an age, and the day on which it counts." in answer.text
    answer = client.post(path, data=terms | {"age_on": "2027-03-01"}, follow_redirects=True)
    assert "teams of which every member meets this: under 26 on 1 March 2027, region: Corse" in answer.text
    assert 'value="2027-03-01"' in client.get(path).text
