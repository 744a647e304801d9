"""The meeting: what organisers record, what jurors see, and what a recused juror never gets a byte of."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from hackaviz.kernel.clock import utc_now
from judging.deliberation.models import Decision, Meeting
from judging.deliberation.queries import final_ranking_of
from judging.deliberation.service import open_meeting
from judging.panels.models import JurySeat
from judging.panels.service import clear_hint
from judging.prizes.service import propose
from submissions.entries.models import Entry
from submissions.teams.models import Registration
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
    make_team,
    save,
    sign_in,
)
from tests.support.client import BASE_URL

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
    assert "The jury is meeting now" in reader.get(f"/editions/{challenge.edition.slug}/jury").text
    assert chair.post(organise(challenge, "close")).status_code == 302
    assert SECRET not in reader.get(follow(challenge)).text
    assert "The jury is meeting now" not in reader.get(f"/editions/{challenge.edition.slug}/jury").text


def test_the_meeting_does_not_open_while_jurors_mark(client, session, challenge, organiser, entries):
    edition = challenge.edition
    edition.judging_closes_at = utc_now() + timedelta(minutes=1)
    chair, page = sign_in(client, organiser), organise(challenge)
    assert organise(challenge, "open") not in chair.get(page).text
    answer = chair.post(organise(challenge, "open"), headers={"Referer": f"{BASE_URL}{page}"})
    assert answer.status_code == 409 and "Jurors still mark entries" in answer.text
    assert f'href="{page}"' in answer.text
    assert session.scalars(select(Meeting)).all() == []


def test_nobody_marks_any_more_once_the_jury_has_met(new_client, session, challenge, jurors, entries):
    """Even where the organisers close the meeting and give the jury more days."""
    edition = challenge.edition
    open_meeting(session, edition=edition, actor=None, now=utc_now())
    assign(session, jurors[2], entries[0])
    edition.judging_closes_at = utc_now() + timedelta(days=1)
    session.commit()
    marked, late = sign_in(new_client(), jurors[1]), sign_in(new_client(), jurors[2])
    page = f"/editions/{edition.slug}/jury/{entries[0].code}"
    answer = marked.post(f"{page}/reopen")
    assert answer.status_code == 409 and "The jury has met" in answer.text
    assert "The jury has met" in marked.get(page).text and "Reopen the review" not in marked.get(page).text
    draft = {"comment_to_team": "", "comment_private": "", "base_revision": 0, "save_key": "one"}
    marks = {str(challenge.criteria[0].id): 4}
    assert late.post(f"{page}/autosave", json=draft | {"marks": marks}).status_code == 409
    assert "The jury has met" in late.get(page).text


@pytest.mark.parametrize("order", ["ranking", "disagreement"])
def test_a_recused_juror_gets_no_byte_of_the_entry(client, session, jurors, entries, order):
    challenge = entries[0].challenge
    open_meeting(session, edition=challenge.edition, actor=None, now=utc_now())
    page = sign_in(client, jurors[0]).get(follow(challenge, order=order)).text
    assert entries[0].code in page and entries[2].code in page
    assert (
        entries[1].code not in page
        and SECRET not in page
        and entries[1].message not in page.replace(entries[0].message, "", 2)
    )
    assert "Place 1" not in page


@pytest.fixture
def member(session, challenge, entries):
    """A juror who is in a team: nobody has declared it, and nobody has settled it."""
    member = make_juror(session, challenge.edition, name="Judge and party")
    team = make_team(session, challenge.edition, [member], challenge=challenge)
    session.execute(update(Registration).where(Registration.person_id == member.id).values(school="Another school"))
    entries.append(make_handed_in_entry(session, challenge, team=team))
    session.commit()
    return member


def test_a_possible_conflict_counts_in_the_meeting_until_it_is_settled(
    new_client, session, challenge, organiser, member
):
    own = session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    open_meeting(session, edition=challenge.edition, actor=None, now=utc_now())
    session.commit()
    chair, reader = sign_in(new_client(), organiser), sign_in(new_client(), member)
    table = organise(challenge, challenge.number)
    assert "Judge and party" in chair.get(table).text
    assert own.code not in reader.get(follow(challenge)).text
    answer = chair.post(table, data=vote("place", own, 1, counted=(6, 0, 0)))
    assert answer.status_code == 422 and "5 jurors may vote" in answer.text
    clear_hint(session, entry=own, juror=member, actor=organiser, now=utc_now())
    session.commit()
    assert "Judge and party" not in chair.get(table).text
    assert own.code in reader.get(follow(challenge)).text
    assert chair.post(table, data=vote("place", own, 1, counted=(6, 0, 0))).status_code == 302


def test_conflicts_of_a_sponsors_juror_are_no_matter_of_the_meeting(
    *, new_client, session, challenge, organiser, jurors, member
):
    """One that may be, and one that was declared before they came to judge for a prize."""
    prize = make_prize(session, challenge.edition, challenge)
    for juror in (member, jurors[0]):
        save(session, JurySeat(edition_id=challenge.edition_id, juror=juror, prize=prize))
    open_meeting(session, edition=challenge.edition, actor=None, now=utc_now())
    session.commit()
    chair, reader = sign_in(new_client(), organiser), sign_in(new_client(), jurors[2])
    table = chair.get(organise(challenge, challenge.number))
    assert table.status_code == 200 and "Must not take part" not in table.text
    assert reader.get(follow(challenge)).status_code == 200


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


def test_under_embargo_the_page_says_how_the_jury_votes_again_in_place_of_the_form(client, session, organiser, entries):
    challenge = entries[0].challenge
    edition, chair = challenge.edition, sign_in(client, organiser)
    assert 'name="votes_for"' in chair.get(organise(challenge, challenge.number)).text
    edition.results_public_at = utc_now() + timedelta(days=1)
    page = chair.get(organise(challenge, challenge.number)).text
    assert "withdraw the date first" in page and f"/editions/{edition.slug}/organise/results" in page
    assert 'name="votes_for"' not in page
    answer = chair.post(organise(challenge, challenge.number), data=vote("disqualify", entries[0]))
    assert answer.status_code == 409 and "Withdraw the date first" in answer.text
    assert session.scalars(select(Decision)).all() == []


def test_once_results_are_public_a_vote_waits_for_a_correction(client, session, organiser, entries):
    challenge = entries[0].challenge
    challenge.edition.results_public_at = utc_now() - timedelta(minutes=1)
    page = sign_in(client, organiser).get(organise(challenge, challenge.number)).text
    assert "until you publish a correction" in page and 'name="votes_for"' in page
    meeting = sign_in(client, organiser).get(organise(challenge)).text
    assert "until you publish a correction" in meeting and 'class="now"' not in meeting
