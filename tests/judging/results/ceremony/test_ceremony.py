"""The ceremony: who opens it when, and in which order it reveals."""

import pytest

from judging.results.ceremony.rules import in_order_of_reveal
from judging.results.reading import ShownAward
from tests.factories import sign_in
from tests.support.results import CANARY

pytestmark = pytest.mark.database("sqlite")


def award(number, place):
    challenge = {"number": number} if number else None
    return ShownAward(prize=None, challenge=challenge, entry={}, cents=0, payers=(), place=place)


def test_prizes_are_revealed_challenge_by_challenge_the_lowest_place_first_and_the_whole_edition_last():
    awards = [award(None, 1), award(2, 1), award(1, 1), award(2, 3), award(2, 2), award(None, 2)]
    order = [(each.challenge and each.challenge["number"], each.place) for each in in_order_of_reveal(awards)]
    assert order == [(1, 1), (2, 3), (2, 2), (2, 1), (None, 2), (None, 1)]


def test_before_the_embargo_only_organisers_open_it(client, contest, scheduled):
    address = f"/editions/{contest.edition.slug}/ceremony"
    assert client.get(address).status_code == 404
    sign_in(client, contest.winner.team.captain)
    assert client.get(address).status_code == 404
    sign_in(client, contest.organiser)
    assert CANARY in client.get(address).text


def test_after_it_everybody_does_with_work_team_and_sponsor(client, contest, published):
    page = client.get(f"/editions/{contest.edition.slug}/ceremony").text
    for words in (CANARY, "The sponsor", "data-live="):
        assert words in page
    assert "Secretname" not in page


def test_a_work_whose_team_does_not_agree_is_named_and_not_shown(client, session, contest, published):
    contest.winner.may_be_shown = False
    session.flush()
    page = client.get(f"/editions/{contest.edition.slug}/ceremony").text
    assert CANARY in page
    assert "data-live=" not in page


def test_nobody_opens_it_while_nothing_is_prepared(client, contest):
    sign_in(client, contest.organiser)
    assert client.get(f"/editions/{contest.edition.slug}/ceremony").status_code == 404
