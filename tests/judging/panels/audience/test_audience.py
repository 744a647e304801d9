"""The audience votes: one mailbox, one vote, changed at will while it is open; jurors and own works left out."""

from datetime import timedelta

import pytest

from hackaviz.accounts.models import Role
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.errors import Conflict as Refusal
from hackaviz.kernel.errors import Invalid, NotFound
from hackaviz.web.forms import local
from judging.panels.audience import service
from judging.panels.audience.models import AudienceBallot, AudiencePanel, AudienceVoter
from judging.panels.audience.queries import audience_ranking
from judging.panels.audience.rules import Electorate, mailbox, voter_key
from submissions.viewer.models import Preview, PreviewState
from tests.factories import (
    grant,
    make_challenge,
    make_handed_in_entries,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_prize,
    save,
    sign_in,
)
from tests.support.panels import three_works
from tests.support.queries import count_queries
from tests.support.worlds import once

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def world(session):
    return once(session, three_works)


@pytest.fixture
def panel(session, edition, entries):
    dates = {"opens_at": edition.judging_opens_at, "closes_at": edition.judging_closes_at}
    return save(session, AudiencePanel(edition=edition, electorate=Electorate.EVERYBODY, **dates))


def cast(session, panel, entry, person, now=None):
    return service.cast(session, panel=panel, entry=entry, person=person, now=now or utc_now())


@pytest.mark.parametrize(
    ("address", "box"),
    [
        ("ann+vote1@example.org", "ann@example.org"),
        ("a.n.n@gmail.com", "ann@gmail.com"),
        ("a.nn+x@googlemail.com", "ann@gmail.com"),
        ("a.nn@example.org", "a.nn@example.org"),
    ],
)
def test_a_mailbox_is_known_however_its_address_is_spelt(address, box):
    assert mailbox(address) == box
    assert voter_key(1, address) == voter_key(1, box) != voter_key(2, box)


def test_one_person_has_one_vote_which_may_change_and_be_taken_back(session, edition, panel, entries):
    person = make_person(session)
    cast(session, panel, entries[0], person)
    cast(session, panel, entries[1], person)
    assert [(row.entry, row.reviews, row.place) for row in audience_ranking(session, edition)][:1] == [
        (entries[1].id, 1, 1)
    ]
    service.take_back(session, panel=panel, person=person, now=utc_now())
    assert {row.place for row in audience_ranking(session, edition)} == {None}


def test_one_mailbox_with_two_accounts_votes_once(session, panel, entries):
    cast(session, panel, entries[0], make_person(session, email="ann@example.org"))
    with pytest.raises(Refusal, match="mailbox"):
        cast(session, panel, entries[1], make_person(session, email="ann+2@example.org"))
    assert session.query(AudienceBallot).count() == 1


def test_who_has_no_vote(session, edition, panel, entries):
    own = entries[0].team.captain
    for person in (make_person(session, email_verified_at=None), make_juror(session, edition), own):
        with pytest.raises(Refusal):
            cast(session, panel, entries[0], person)
    cast(session, panel, entries[1], own)


def test_only_listed_addresses_vote_where_there_is_a_list(session, panel, entries):
    panel.electorate = Electorate.LISTED
    save(session, AudienceVoter(panel_id=panel.id, email="guest@example.org"))
    with pytest.raises(Refusal, match="listed"):
        cast(session, panel, entries[0], make_person(session))
    cast(session, panel, entries[0], make_person(session, email="guest@example.org"))


def test_the_vote_is_open_to_its_last_instant(session, panel, entries):
    person, late = make_person(session), panel.closes_at + timedelta(microseconds=1)
    cast(session, panel, entries[0], person, panel.closes_at)
    with pytest.raises(service.VoteClosed):
        service.take_back(session, panel=panel, person=person, now=late)
    with pytest.raises(service.VoteClosed):
        cast(session, panel, entries[1], make_person(session), late)


def test_works_without_consent_and_those_that_cannot_win_are_no_candidates(session, edition, panel, entries):
    entries[0].may_be_shown = False
    panel.prize = make_prize(session, edition, entries[0].challenge)
    other = make_handed_in_entry(session, make_challenge(session, edition))
    for entry in (entries[0], other):
        with pytest.raises(NotFound):
            cast(session, panel, entry, make_person(session))
    assert [row.entry for row in audience_ranking(session, edition)] == [entries[1].id, entries[2].id]


def test_equal_votes_share_a_place(session, edition, panel, entries):
    for entry in (entries[0], entries[1], entries[1], entries[0], entries[2]):
        cast(session, panel, entry, make_person(session))
    assert [(row.place, row.reviews) for row in audience_ranking(session, edition)] == [(1, 2), (1, 2), (3, 1)]


def test_whoever_closes_the_account_takes_an_open_vote_along_and_leaves_a_closed_one_without_a_trace(
    session, panel, entries
):
    person, other = make_person(session), make_person(session)
    cast(session, panel, entries[0], person)
    cast(session, panel, entries[0], other)
    assert service.export_votes(session, person)[0]["entry"] == entries[0].code
    service.forget_person(session, person, utc_now())
    service.forget_person(session, other, panel.closes_at + timedelta(days=1))
    [left] = session.query(AudienceBallot)
    assert left.person is other
    assert left.voter_key != voter_key(panel.id, other.email)


def plan(edition, **values):
    defaults = {"opens_at": edition.judging_opens_at, "closes_at": edition.judging_closes_at}
    return service.VotePlan(
        **defaults | {"electorate": Electorate.EVERYBODY, "prize": None, "voters": frozenset()} | values
    )


def test_a_plan_is_checked_and_never_narrowed_after_the_first_ballot(session, edition, panel, entries):
    acts = {"edition": edition, "actor": make_person(session), "now": utc_now()}
    for wrong in (
        {"opens_at": edition.submission_closes_at},
        {"closes_at": edition.judging_opens_at},
        {"electorate": Electorate.LISTED},
    ):
        with pytest.raises(Invalid):
            service.plan_vote(session, plan=plan(edition, **wrong), **acts)
    listed = {"electorate": Electorate.LISTED, "voters": frozenset({"a@example.org", "b@example.org"})}
    service.plan_vote(session, plan=plan(edition, **listed), **acts)
    cast(session, panel, entries[0], make_person(session, email="a@example.org"))
    with pytest.raises(Refusal):
        service.plan_vote(session, plan=plan(edition), **acts)
    service.plan_vote(session, plan=plan(edition, **listed | {"voters": frozenset({"c@example.org"})}), **acts)
    assert session.query(AudienceVoter).count() == 3


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_voter_looks_chooses_and_takes_back_without_reading_a_name(
    *, client, session, edition, panel, entries, language
):
    upload = entries[0].current_version.upload
    save(session, Preview(upload=upload, state=PreviewState.READY, small_key="s", large_key="l"))
    page = f"/editions/{edition.slug}/audience"
    assert client.get(page).location.startswith("/sign-in")
    assert page in client.get(f"/editions/{edition.slug}").get_data(as_text=True)
    sign_in(client, make_person(session))
    read = [
        client.get(address).get_data(as_text=True)
        for address in (f"{page}?lang={language}", f"{page}/{entries[0].code}")
    ]
    assert all(entry.code in read[0] for entry in entries)
    assert not any("canary-title" in each or entries[0].team.name in each for each in read)
    assert client.get(f"/previews/{upload.public_id}/small.webp").status_code == 200
    assert client.post(f"{page}/{entries[0].code}").status_code == 302
    assert client.post(f"{page}/C-98765").status_code == 404
    assert entries[0].code in client.get(page).get_data(as_text=True).split("take-back")[0]
    assert client.post(f"{page}/take-back").status_code == 302
    assert "take-back" not in client.get(page).get_data(as_text=True)


@pytest.mark.database("sqlite")
def test_jurors_and_those_not_listed_see_no_work(client, session, edition, panel, entries):
    upload = entries[0].current_version.upload
    save(session, Preview(upload=upload, state=PreviewState.READY, small_key="s", large_key="l"))
    sign_in(client, make_juror(session, edition))
    shown = client.get(f"/editions/{edition.slug}/audience").get_data(as_text=True)
    assert entries[0].code not in shown
    assert client.get(f"/editions/{edition.slug}/audience/{entries[0].code}").status_code == 404
    assert client.get(f"/previews/{upload.public_id}/small.webp").status_code == 404


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_organisers_plan_and_read_the_votes(client, session, edition, entries, language):
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    page = f"/editions/{edition.slug}/organise/jury/audience"
    assert client.get(f"{page}?lang={language}").status_code == 200
    dates = {
        name: local(moment, edition.time_zone).isoformat()[:16]
        for name, moment in (("opens_at", edition.judging_opens_at), ("closes_at", edition.judging_closes_at))
    }
    data = {**dates, "electorate": "everybody", "prize": "0", "voters": ""}
    assert client.post(page, data=data | {"voters": "not an address"}).status_code == 422
    assert client.post(page, data=data).status_code == 302
    panel = session.query(AudiencePanel).one()
    cast(session, panel, entries[0], make_person(session, created_at=utc_now()))
    shown = client.get(page).get_data(as_text=True)
    assert shown.index(entries[0].code) < shown.index(entries[1].code)


@pytest.mark.database("sqlite")
def test_prizes_of_one_title_are_told_apart_by_their_challenge(client, session, edition, entries):
    first, second = entries[0].challenge, make_challenge(session, edition)
    for challenge in (first, second):
        make_prize(session, edition, challenge, 10_000)
    organiser = make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    shown = sign_in(client, organiser).get(f"/editions/{edition.slug}/organise/jury/audience?lang=en").text
    for challenge in (first, second):
        assert f"First prize (en), challenge {challenge.number}" in shown


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("works", [3, 60])
def test_pages_of_the_vote_ask_as_much_for_three_works_as_for_sixty(client, session, edition, panel, works):
    challenge, organiser = make_challenge(session, edition), make_person(session)
    grant(session, organiser, Role.ORGANISER, edition)
    for entry in make_handed_in_entries(session, challenge, works):
        cast(session, panel, entry, make_person(session))
    for person, page in ((make_person(session), "audience"), (organiser, "organise/jury/audience")):
        sign_in(client, person)
        with count_queries() as asked:
            assert client.get(f"/editions/{edition.slug}/{page}").status_code == 200
        assert len(asked) <= 24, "\n".join(asked)
