"""A sponsor's jurors see and mark only what can win its own prize; what they give counts for it alone."""

import pytest

from challenges.editions.models import Edition
from challenges.sponsors.models import pledge_challenges
from hackaviz.accounts.models import Role
from judging.deliberation.queries import reviews_of_challenge, voters_on
from judging.panels.coverage import panel_of
from judging.panels.hints import open_hints
from judging.panels.models import Assignment, JurySeat
from judging.panels.proposing import propose
from judging.panels.queries import assignments_of, jurors_of, prize_of, prize_seats
from judging.panels.registry import panel_registry
from judging.panels.service import ReviewBegun
from judging.panels.sponsors.service import hand_out, seat_for_prize
from judging.scoring.queries import (
    comments_for_team,
    current_ranking,
    finished_reviews,
    reviews_of_entry,
    sponsor_ranking,
)
from tests.factories import (
    declare_conflict,
    grant,
    make_challenge,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_pledge,
    make_prize,
    make_review,
    make_sponsor,
    sign_in,
)
from tests.support.panels import three_works
from tests.support.worlds import once

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def world(session):
    return once(session, three_works)


@pytest.fixture
def prize(session, edition, challenge):
    return make_prize(session, edition, challenge, place=2)


def seat(session, edition, juror, prize):
    actor = make_person(session)
    seat_for_prize(session, edition=edition, juror=juror, prize=prize, actor=actor, now=edition.judging_opens_at)


def asked(session, edition, juror):
    return {each.entry_id for each in assignments_of(session, edition) if each.juror_id == juror.id}


def test_the_list_holds_what_can_win_and_nothing_else(session, edition, prize, entries, juror):
    elsewhere = make_handed_in_entry(session, make_challenge(session, edition))
    declare_conflict(session, juror, entries[0])
    seat(session, edition, juror, prize)
    assert asked(session, edition, juror) == {entries[1].id, entries[2].id}
    assert elsewhere.id not in asked(session, edition, juror)
    assert prize_of(session, edition, juror) is prize


def test_conditions_of_the_prize_are_heeded_and_the_list_can_be_brought_up_to_date(
    session, edition, prize, entries, juror
):
    panel_registry().may_win = lambda _session, _prize, offered: [each for each in offered if each is not entries[0]]
    seat(session, edition, juror, prize)
    assert asked(session, edition, juror) == {entries[1].id, entries[2].id}
    panel_registry().may_win = lambda _session, _prize, offered: offered
    [own] = prize_seats(session, edition)
    acts = {"actor": make_person(session), "now": edition.judging_opens_at}
    assert hand_out(session, edition=edition, seat=own, **acts) == 1
    assert asked(session, edition, juror) == {entry.id for entry in entries}


def test_the_jury_goes_on_without_them(*, session, edition, challenge, prize, entries, juror):
    member = make_juror(session, edition)
    seat(session, edition, juror, prize)
    assert list(jurors_of(session, edition)) == [member]
    assert list(panel_of(session, edition).jurors) == [member]
    assert {person for person, _entry in propose(session, edition, 1).added} == {member.id}
    voters = voters_on(session, challenge, None)
    assert (voters if isinstance(voters, int) else len(voters)) == 1


def test_their_marks_count_for_the_prize_alone(*, session, edition, challenge, prize, entries, juror):
    member = make_juror(session, edition)
    seat(session, edition, juror, prize)
    for entry, marks in zip(entries, ([0, 0], [4, 4], [2, 2]), strict=True):
        make_review(session, juror, entry, marks, comment_to_team="From the sponsor")
    make_review(session, member, entries[0], [4, 4])
    assert [row.entry for row in sponsor_ranking(session, prize)] == [entries[1].id, entries[2].id, entries[0].id]
    assert [row.entry for row in current_ranking(session, challenge) if row.place] == [entries[0].id]
    assert {review.juror for review in finished_reviews(session, edition)} == {member.id}
    assert [review.juror_id for review in reviews_of_entry(session, entries[0])] == [member.id]
    assert set(reviews_of_challenge(session, challenge)) == {entries[0].id}
    assert list(comments_for_team(session, entries[1])) == ["From the sponsor"]


def test_a_conflict_takes_their_marks_out_too(session, prize, edition, entries, juror):
    seat(session, edition, juror, prize)
    make_review(session, juror, entries[0], [4, 4])
    declare_conflict(session, juror, entries[0])
    assert {row.place for row in sponsor_ranking(session, prize)} == {None}


def test_speaking_for_the_sponsor_is_no_conflict_with_its_own_prize(
    *, session, edition, challenge, prize, entries, juror
):
    sponsor = make_sponsor(session, edition)
    grant(session, juror, Role.SPONSOR, edition, sponsor)
    pledge = make_pledge(session, sponsor)
    session.execute(pledge_challenges.insert().values(pledge_id=pledge.id, challenge_id=challenge.id))
    assert len(open_hints(session, edition)) == 3
    seat(session, edition, juror, prize)
    assert open_hints(session, edition) == []


def test_nobody_changes_sides_with_a_review_begun(session, edition, prize, entries, juror):
    make_review(session, juror, entries[0], [1, 1], finished=False)
    with pytest.raises(ReviewBegun):
        seat(session, edition, juror, prize)
    assert prize_of(session, edition, juror) is None


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_organisers_seat_hand_out_and_bring_back(*, client, session, edition, prize, entries, juror, language):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    page = f"/editions/{edition.slug}/organise/jury/prizes"
    assert client.get(f"{page}?lang={language}").status_code == 200
    assert client.post(page, data={"juror": juror.public_id, "prize": prize.id}).status_code == 302
    make_review(session, juror, entries[0], [4, 4])
    shown = client.get(page).get_data(as_text=True)
    assert juror.name in shown and entries[0].code in shown and "4.0000" in shown.replace(",", ".")
    assert client.post(f"{page}/{juror.public_id}/hand-out").status_code == 302
    assert client.post(f"{page}/{juror.public_id}/back").status_code == 409
    assert client.post(f"{page}/nobody/back").status_code == 404
    assert juror.name in client.get(f"/editions/{edition.slug}/organise/jury").get_data(as_text=True)
    sign_in(client, juror)
    own = client.get(f"/editions/{edition.slug}/jury?lang={language}").get_data(as_text=True)
    assert "First prize" in own
    assert client.get(f"/editions/{edition.slug}/deliberation").status_code == 403


@pytest.mark.database("sqlite")
def test_what_cannot_win_the_prize_is_in_no_byte_that_its_juror_gets(*, client, session, prize, entries, juror):
    edition = session.get_one(Edition, prize.edition_id)
    elsewhere = make_handed_in_entry(session, make_challenge(session, edition))
    seat_row = JurySeat(edition_id=edition.id, juror=juror, prize=prize, challenge_ids=[], themes=[])
    session.add_all([seat_row, *(Assignment(juror=juror, entry=each, assigned_at=each.created_at) for each in entries)])
    session.flush()
    sign_in(client, juror)
    base = f"/editions/{edition.slug}/jury"
    pages = [client.get(page) for page in (base, f"{base}/expertise", f"{base}/duels", f"{base}/{entries[0].code}")]
    assert [page.status_code for page in pages] == [200] * 4
    assert not any(elsewhere.code in page.get_data(as_text=True) for page in pages)
    assert client.get(f"{base}/{elsewhere.code}").status_code == 404
