"""The meeting: what organisers record, what jurors see, and what a recused juror never gets a byte of."""

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from judging.deliberation.models import Decision
from judging.deliberation.queries import final_ranking_of
from judging.deliberation.service import open_meeting
from judging.prizes.service import propose
from tests.factories import (
    assign,
    declare_conflict,
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_prize,
    make_review,
    sign_in,
)

pytestmark = pytest.mark.database("sqlite")
SECRET = "kept from the recused"


@pytest.fixture
def edition(session):
    return make_edition(session, Phase.DELIBERATION, reviews_needed=1)


@pytest.fixture
def challenge(session, edition):
    return make_challenge(session, edition, criteria=1)


@pytest.fixture
def organiser(session, edition):
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    return person


@pytest.fixture
def jurors(session, edition):
    return [make_juror(session, edition, name=f"Juror {number}") for number in range(5)]


@pytest.fixture
def entries(session, challenge, jurors):
    """Three entries; the first juror must not judge the second one, on which another wrote."""
    made = [make_handed_in_entry(session, challenge) for _ in range(3)]
    for entry, mark in zip(made, (4, 3, 1), strict=True):
        assign(session, jurors[1], entry)
        make_review(session, jurors[1], entry, [mark], comment_private=SECRET if entry is made[1] else "")
    declare_conflict(session, jurors[0], made[1])
    return made


def organise(challenge, act=None):
    return f"/editions/{challenge.edition.slug}/organise/deliberation" + (f"/{act}" if act else "")


def follow(challenge, **query):
    return f"/editions/{challenge.edition.slug}/deliberation/{challenge.number}" + (
        f"?order={query['order']}" if query else ""
    )


def vote(kind, entry=None, place="", *, counted=(3, 1, 0), reason="A hidden copy"):
    for_it, against, abstained = counted
    return {
        "kind": kind, "entry": entry.id if entry else 0, "place": place, "reason": reason,
        "votes_for": for_it, "votes_against": against, "abstained": abstained,
    }  # fmt: skip


def places(session, challenge):
    session.expire_all()
    return [each.row.place for each in sorted(final_ranking_of(session, challenge).rows, key=lambda e: e.row.entry)]


def test_jurors_see_nothing_of_others_until_the_meeting_is_open(new_client, challenge, organiser, jurors, entries):
    reader, chair = sign_in(new_client(), jurors[2]), sign_in(new_client(), organiser)
    assert SECRET not in reader.get(follow(challenge)).text
    assert chair.post(organise(challenge, "open")).status_code == 302
    assert SECRET in reader.get(follow(challenge)).text
    assert chair.post(organise(challenge, "close")).status_code == 302
    assert SECRET not in reader.get(follow(challenge)).text


@pytest.mark.parametrize("order", ["ranking", "disagreement"])
def test_a_recused_juror_gets_no_byte_of_the_entry(client, session, jurors, entries, order):
    challenge = entries[0].challenge
    open_meeting(session, edition=challenge.edition, actor=None, now=challenge.edition.judging_closes_at)
    page = sign_in(client, jurors[0]).get(follow(challenge, order=order)).text
    assert entries[0].code in page and entries[2].code in page
    assert (
        entries[1].code not in page
        and SECRET not in page
        and entries[1].message not in page.replace(entries[0].message, "", 2)
    )
    assert "Place 1" not in page


def test_the_chair_is_told_who_must_leave(client, challenge, organiser, entries):
    page = sign_in(client, organiser).get(organise(challenge, challenge.number)).text
    assert "Must not take part" in page and "Juror 0" in page


def test_a_carried_vote_changes_the_final_ranking_and_the_prizes(client, session, challenge, organiser, entries):
    make_prize(session, challenge.edition, challenge)
    answer = sign_in(client, organiser).post(organise(challenge, challenge.number), data=vote("disqualify", entries[0]))
    assert answer.status_code == 302
    assert places(session, challenge) == [None, 1, 2]
    assert [share.entry for share in propose(session, challenge.edition).shares] == [entries[1].id]


def test_a_vote_without_majority_is_kept_and_changes_nothing(client, session, challenge, organiser, entries):
    data = vote("place", entries[2], 1, counted=(1, 3, 0))
    assert sign_in(client, organiser).post(organise(challenge, challenge.number), data=data).status_code == 302
    assert places(session, challenge) == [1, 2, 3]
    assert [each.is_carried for each in session.scalars(select(Decision))] == [False]


def test_those_with_a_conflict_have_no_vote(client, session, challenge, organiser, entries):
    data = vote("place", entries[1], 1, counted=(5, 0, 0))
    answer = sign_in(client, organiser).post(organise(challenge, challenge.number), data=data)
    assert answer.status_code == 422 and "4 jurors may vote" in answer.text
    assert session.scalars(select(Decision)).all() == []


def test_a_challenge_without_a_winner_gives_no_prize(client, session, challenge, organiser, entries):
    make_prize(session, challenge.edition, challenge)
    data = vote("no-winner", reason="No work answers the question.", counted=(4, 0, 0))
    assert sign_in(client, organiser).post(organise(challenge, challenge.number), data=data).status_code == 302
    assert propose(session, challenge.edition).shares == []


@pytest.mark.parametrize(
    ("data", "field"),
    [({"reason": ""}, "reason"), ({"kind": "place", "place": ""}, "place"), ({"place": 9, "kind": "place"}, "place"),
     ({"entry": 0}, "entry"), ({"votes_for": 0, "votes_against": 0}, "votes_for")],
)  # fmt: skip
def test_a_vote_that_lacks_something_is_refused_beside_its_field(client, organiser, entries, data, field):
    challenge = entries[0].challenge
    answer = sign_in(client, organiser).post(
        organise(challenge, challenge.number), data=vote("disqualify", entries[0]) | data
    )
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text
