"""The organiser's pages of awards: from the proposal to the payment, and what is refused."""

import re
from datetime import date, timedelta

import pytest

from challenges.editions.rules import Phase
from challenges.sponsors.models import PrizePolicy, PrizeRule
from challenges.sponsors.rules import PrizeKind
from hackaviz.accounts.models import Role
from hackaviz.kernel.clock import utc_now
from judging.panels.audience.models import AudienceBallot, AudiencePanel
from judging.panels.audience.rules import Electorate
from judging.panels.models import JurySeat
from judging.prizes.queries import awards_of
from judging.prizes.standing import content_of
from judging.sealing.service import seal
from tests.factories import (
    both,
    grant,
    make_challenge,
    make_edition,
    make_gift,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
    pay,
    save,
    sign_in,
)


@pytest.fixture
def edition(client, session):
    """Judged, with one prize and money for it; an organiser is signed in."""
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    make_review(session, make_juror(session, edition), make_handed_in_entry(session, challenge, title="Tides"), [4])
    make_prize(session, edition, challenge, 50_000)
    make_pledge(session, make_sponsor(session, edition, name="The port"), 60_000)
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    return edition


def path(edition, rest=""):
    return f"/editions/{edition.slug}/organise/awards{rest}"


def test_prizes_are_awarded_by_one_press_and_paid_with_a_reference(client, session, edition):
    offered = client.get(path(edition, "?lang=en")).text
    assert "Tides" in offered and "The awards are as proposed" not in offered
    client.post(path(edition, "/by-ranking"))
    [award] = awards_of(session, edition)
    given = client.get(path(edition, "?lang=en")).text
    assert f"Challenge {award.entry.challenge.number}</span>" in given
    assert "The awards are as proposed" in given
    assert '<button type="submit" class="quiet">Award these prizes again</button>' in given
    seal(session, edition=edition, actor=None, now=utc_now())
    session.commit()
    seen = {"seen": content_of(award)}
    client.post(path(edition, f"/{award.id}/approve"), data=seen)
    other = make_person(session, is_administrator=True)
    sign_in(client, other).post(path(edition, f"/{award.id}/approve"), data=seen)
    client.post(path(edition, f"/{award.id}/payment"), data={"paid_on": "2020-12-01", "reference": "T-9"})
    page = client.get(path(edition, "?lang=en")).text
    again = client.get(path(edition, f"/{award.id}/payment?lang=en")).text
    assert "It is paid" in again and 'name="reference"' not in again
    late = client.post(path(edition, f"/{award.id}/payment"), data={"paid_on": "2020-12-01", "reference": "T-10"})
    assert (late.status_code, "T-10" in late.text) == (409, True)
    assert "The port €500.00" in page
    assert "paid on 1 December 2020" in page
    assert "Take back" not in page


def test_when_money_is_missing_the_page_names_who_competes_and_changes_nothing(client, session, edition):
    challenge = make_challenge(session, edition, criteria=1)
    make_review(session, make_juror(session, edition), make_handed_in_entry(session, challenge), [4])
    make_prize(session, edition, challenge, 20_000)
    answer = client.post(path(edition, "/by-ranking?lang=en"))
    assert answer.status_code == 409
    assert "€100.00 are missing" in answer.text
    assert awards_of(session, edition) == []


def test_a_prize_by_decision_beyond_what_is_left_is_refused_beside_its_field(client, session, edition):
    whole = make_prize(session, edition, None, 10_000)
    entry = make_handed_in_entry(session, make_challenge(session, edition))
    form = {"prize": whole.id, "entry": entry.id, "cents": "100.01", "decision": "The jury, unanimously"}
    answer = client.post(path(edition, "/new?lang=en"), data=form)
    assert answer.status_code == 422
    assert "More than is left of this prize." in answer.text
    client.post(path(edition, "/new"), data=form | {"cents": "100"})
    assert [award.cents for award in awards_of(session, edition)] == [10_000]


def test_who_pays_must_add_up_to_the_cent(client, session, edition):
    client.post(path(edition, "/by-ranking"))
    [award] = awards_of(session, edition)
    pledge = award.fundings[0].pledge_id
    answer = client.post(path(edition, f"/{award.id}/funding?lang=en"), data={f"pledge_{pledge}": "499.99"})
    assert answer.status_code == 422
    assert "The parts must add up to the award, to the cent." in answer.text
    assert [part.cents for award in awards_of(session, edition) for part in award.fundings] == [50_000]


def test_what_a_sponsors_jurors_decided_is_given_from_a_link_with_the_decision(client, session, edition):
    sponsor = make_sponsor(session, edition, name="The region")
    make_pledge(session, sponsor, 20_000)
    rule = PrizeRule(kind=PrizeKind.SPONSOR_CHOICE, sponsor_id=sponsor.id)
    prize = make_prize(session, edition, None, 20_000, place=101, title=both("Choice of the region"), rule=rule)
    entry = make_handed_in_entry(session, make_challenge(session, edition, criteria=1), title="Quays")
    juror = make_juror(session, edition)
    save(session, JurySeat(edition_id=edition.id, juror=juror, prize=prize))
    make_review(session, juror, entry, [3])
    page = client.get(path(edition, "?lang=en")).text
    assert "Quays" in page.split("What panels decided")[-1]
    link = re.search(r'href="([^"]+/awards/new\?prize=[^"]+)"', page)[1].replace("&amp;", "&")
    form = client.get(link).text
    assert "First by the marks of the jurors of The region." in form
    told = {"prize": prize.id, "entry": entry.id, "cents": "200"}
    assert client.post(path(edition, "/new"), data=told).status_code == 422
    client.post(path(edition, "/new"), data=told | {"decision": "First by the marks of its jurors"})
    [award] = awards_of(session, edition)
    assert (award.prize_id, award.entry_id, award.decision) == (prize.id, entry.id, "First by the marks of its jurors")


def test_what_the_audience_chose_is_given_from_a_link_once_the_vote_is_closed(client, session, edition):
    prize = make_prize(session, edition, None, 10_000, place=101, rule=PrizeRule(kind=PrizeKind.AUDIENCE))
    entry = make_handed_in_entry(session, make_challenge(session, edition), title="Quays")
    dates = {"opens_at": edition.judging_opens_at, "closes_at": utc_now() + timedelta(hours=1)}
    panel = save(session, AudiencePanel(edition=edition, prize=prize, electorate=Electorate.EVERYBODY, **dates))
    ballot = {"person": make_person(session), "voter_key": "k", "cast_at": edition.judging_opens_at}
    save(session, AudienceBallot(panel=panel, entry=entry, **ballot))
    assert "What panels decided" not in client.get(path(edition, "?lang=en")).text
    panel.closes_at = utc_now() - timedelta(hours=1)
    session.commit()
    page = client.get(path(edition, "?lang=en")).text
    assert "Quays" in page.split("What panels decided")[-1]
    link = re.search(rf'href="([^"]+/awards/new\?prize={prize.id}[^"]+)"', page)[1].replace("&amp;", "&")
    form = client.get(link).text
    assert "First by the votes of the audience." in form and f'<option selected value="{entry.id}">' in form
    told = {"prize": prize.id, "entry": entry.id, "cents": "100", "decision": "First by the votes of the audience."}
    client.post(path(edition, "/new"), data=told)
    assert [(award.prize_id, award.entry_id) for award in awards_of(session, edition)] == [(prize.id, entry.id)]
    assert "What panels decided" not in client.get(path(edition, "?lang=en")).text


def test_an_entry_with_a_prize_wins_no_other_where_the_rules_give_one_to_each(client, session, edition):
    client.post(path(edition, "/by-ranking"))
    [award] = awards_of(session, edition)
    save(session, PrizePolicy(edition_id=edition.id, one_prize_per_entry=True))
    whole = make_prize(session, edition, None, 10_000)
    form = {"prize": whole.id, "entry": award.entry_id, "cents": "100", "decision": "The jury"}
    answer = client.post(path(edition, "/new?lang=en"), data=form)
    assert "has another prize, and the rules give one to each entry" in answer.text
    client.post(path(edition, "/new"), data=form | {"although": "y"})
    assert len(awards_of(session, edition)) == 2


def test_a_gift_in_kind_is_given_whole_and_adds_nothing_to_money(client, session, edition):
    gift = make_gift(session, make_sponsor(session, edition), stated_cents=90_000)
    rule = PrizeRule(kind=PrizeKind.IN_KIND, gift_id=gift.id)
    prize = make_prize(session, edition, None, 0, place=101, title=both("An internship"), rule=rule)
    entry = make_handed_in_entry(session, make_challenge(session, edition))
    form = {"prize": prize.id, "entry": entry.id, "decision": "The port"}
    assert client.post(path(edition, "/new"), data=form | {"cents": "1"}).status_code == 422
    client.post(path(edition, "/new"), data=form)
    [award] = awards_of(session, edition)
    pay(session, edition, award, date(2020, 12, 1), "Handed over at the ceremony")
    session.commit()
    page = client.get(path(edition, "?lang=en")).text
    assert "handed over on 1 December 2020" in page and "900.00" not in page
    assert client.get(path(edition, "/payments.csv")).text.count("An internship") == 0
