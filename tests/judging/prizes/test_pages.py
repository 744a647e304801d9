"""The organiser's pages of awards: from the proposal to the payment, and what is refused."""

import pytest

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from judging.prizes.queries import awards_of
from judging.prizes.standing import content_of
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
    assert "Tides" in client.get(path(edition)).text
    client.post(path(edition, "/by-ranking"))
    [award] = awards_of(session, edition)
    seen = {"seen": content_of(award)}
    client.post(path(edition, f"/{award.id}/approve"), data=seen)
    other = make_person(session, is_administrator=True)
    sign_in(client, other).post(path(edition, f"/{award.id}/approve"), data=seen)
    client.post(path(edition, f"/{award.id}/payment"), data={"paid_on": "2026-12-01", "reference": "T-9"})
    page = client.get(path(edition, "?lang=en")).text
    assert "The port €500.00" in page
    assert "paid on 1 December 2026" in page
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
