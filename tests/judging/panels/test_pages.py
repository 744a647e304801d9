"""The organiser's pages of the jury: invite, assign by hand or as proposed, settle conflicts, see what waits."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Invitation, Role
from hackaviz.web.templating import words_of
from judging.panels.juror_service import flag_entry
from judging.panels.models import Assignment, Conflict
from judging.panels.rules import ConflictKind
from judging.panels.waiting import jury_waits
from tests.factories import (
    assign,
    declare_conflict,
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entries,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_review,
    make_team,
    sign_in,
)
from tests.support.queries import count_queries


@pytest.fixture
def edition(session):
    return make_edition(session, Phase.JUDGING, reviews_needed=2)


@pytest.fixture
def challenge(session, edition):
    return make_challenge(session, edition)


@pytest.fixture
def organiser(session, edition):
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    return person


@pytest.fixture
def at_work(client, organiser):
    return sign_in(client, organiser)


@pytest.fixture
def address(edition):
    return lambda act="": f"/editions/{edition.slug}/organise/jury{act}"


def text(answer):
    return answer.get_data(as_text=True)


def box(juror, entry):
    return f"{juror.id}:{entry.id}"


def pairs(session):
    return {(each.juror_id, each.entry_id) for each in session.scalars(select(Assignment))}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_answers_empty_and_full(at_work, session, challenge, address, language):
    edition = challenge.edition
    acts = ("", "/assignments", f"/assignments/challenges/{challenge.number}", "/assignments/proposal?reviews=2")
    pages = [address(act) for act in (*acts, "/conflicts")] + [f"/editions/{edition.slug}/organise"]
    signs = [f"{page}{'&' if '?' in page else '?'}lang={language}" for page in pages]
    assert {at_work.get(page).status_code for page in signs} == {200}
    juror, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
    assign(session, juror, entry)
    make_review(session, juror, entry, [1, 2], finished=False)
    declare_conflict(session, make_juror(session, edition), entry)
    assert {at_work.get(page).status_code for page in signs} == {200}


def test_a_juror_is_invited_and_the_invitation_withdrawn(at_work, session, address):
    assert at_work.post(address(), data={"name": "Ada", "email": "nonsense"}).status_code == 422
    assert at_work.post(address(), data={"name": "Ada", "email": "ada@port.fr"}).status_code == 302
    assert "ada@port.fr" in text(at_work.get(address()))
    invitation = session.scalars(select(Invitation)).one()
    assert invitation.role is Role.JUROR
    at_work.post(address(f"/invitations/{invitation.id}/withdraw"))
    assert (
        "ada@port.fr"
        not in text(at_work.get(address())).split("Invited, not yet accepted")[1].split("Invite a juror")[0]
    )


def test_only_who_has_not_begun_can_be_removed(at_work, session, edition, challenge, address):
    idle, busy = make_juror(session, edition, name="Idle"), make_juror(session, edition, name="Busy")
    entry = make_handed_in_entry(session, challenge)
    assign(session, busy, entry)
    make_review(session, busy, entry, [1, 2])
    page = text(at_work.get(address()))
    assert f"/{idle.public_id}/remove" in page
    assert f"/{busy.public_id}/remove" not in page
    assert at_work.post(address(f"/{busy.public_id}/remove")).status_code == 409
    assert at_work.post(address(f"/{idle.public_id}/remove")).status_code == 302
    assert "Idle" not in text(at_work.get(address())).split("Jurors</h2>")[1]


def test_boxes_add_and_take_back_only_what_changed(at_work, session, edition, challenge, address):
    one, two = make_juror(session, edition), make_juror(session, edition)
    entry = make_handed_in_entry(session, challenge)
    assign(session, one, entry)
    page = address(f"/assignments/challenges/{challenge.number}")
    # Meanwhile somebody else assigned the second juror; this page does not know and takes back the first.
    assign(session, two, entry)
    assert at_work.post(page, data={"shown": [box(one, entry)], "chosen": []}).status_code == 302
    assert pairs(session) == {(two.id, entry.id)}
    at_work.post(page, data={"shown": [box(two, entry)], "chosen": [box(one, entry), box(two, entry)]})
    assert pairs(session) == {(one.id, entry.id), (two.id, entry.id)}


def test_boxes_of_another_edition_or_nonsense_change_nothing(at_work, session, challenge, address):
    elsewhere = make_challenge(session, make_edition(session, Phase.JUDGING))
    juror, entry = make_juror(session, elsewhere.edition), make_handed_in_entry(session, elsewhere)
    assign(session, juror, entry)
    page = address(f"/assignments/challenges/{challenge.number}")
    at_work.post(page, data={"shown": [box(juror, entry)], "chosen": ["1:99999"]})
    assert pairs(session) == {(juror.id, entry.id)}
    assert at_work.post(page, data={"chosen": ["nonsense"]}).status_code == 422


def test_a_proposal_is_shown_first_and_then_done(at_work, session, edition, challenge, address):
    for _ in range(3):
        make_juror(session, edition)
    entries = [make_handed_in_entry(session, challenge) for _ in range(3)]
    shown = text(at_work.get(address("/assignments/proposal?reviews=2")))
    assert "6 reviews would be added" in shown
    assert pairs(session) == set()
    at_work.post(address("/assignments/proposal"), data={"reviews": "2"})
    assert sorted(entry for _juror, entry in pairs(session)) == sorted(2 * [entry.id for entry in entries])


def test_an_impossible_proposal_names_entries_and_jurors(at_work, session, edition, challenge, address):
    juror, entry = make_juror(session, edition, name="Ada"), make_handed_in_entry(session, challenge)
    page = text(at_work.get(address("/assignments/proposal?reviews=2")))
    asked = f"2 reviews are asked for of {entry.code}, and 1 can be given at most"
    assert f"{asked} by those who may judge them: Ada." in page
    assert "Assign as proposed" not in page
    declare_conflict(session, juror, entry)
    assert f"Nobody may judge {entry.code}." in text(at_work.get(address("/assignments/proposal?reviews=2")))


def test_an_assignment_shows_its_health(at_work, session, edition, challenge, address):
    jurors, entries = (
        [make_juror(session, edition) for _ in range(2)],
        [make_handed_in_entry(session, challenge) for _ in range(2)],
    )
    for juror, entry in zip(jurors, entries, strict=True):
        assign(session, juror, entry)
    assert "2 groups of entries that share no juror" in text(at_work.get(address("/assignments")))
    assign(session, jurors[0], entries[1])
    page = text(at_work.get(address("/assignments")))
    assert "All entries compare" in page and "Efficiency" in page


def test_a_seat_is_kept_and_a_juror_released(at_work, session, edition, challenge, address):
    juror, entry = make_juror(session, edition, name="Ada"), make_handed_in_entry(session, challenge)
    assign(session, juror, entry)
    seat = address(f"/{juror.public_id}/seat")
    assert at_work.post(seat, data={"most": "-1"}).status_code == 422
    assert at_work.post(seat, data={"most": "5", "challenges": [challenge.id], "is_lead": "y"}).status_code == 302
    page = text(at_work.get(address()))
    assert "leads" in page and "1 of 5" in page
    assert at_work.post(address(f"/{juror.public_id}/release")).status_code == 302
    assert pairs(session) == set()


def test_what_jurors_tell_waits_until_it_is_settled(at_work, session, challenge, address, now):
    edition = challenge.edition
    juror, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
    assign(session, juror, entry)
    flag = flag_entry(session, entry=entry, juror=juror, text="It does not open", now=now)
    session.flush()
    assert "It does not open" in text(at_work.get(address("/words")))
    assert "word of a juror to answer" in text(at_work.get(f"/editions/{edition.slug}/organise"))
    assert at_work.post(address(f"/words/{flag.id}/settle")).status_code == 302
    assert at_work.post(address("/words/999999/settle")).status_code == 404
    assert "looked after" in text(at_work.get(address("/words")))


def test_a_design_is_tried_out(at_work, address):
    page = address("/simulation")
    for first_look in (page, f"{page}?lang=en"):
        shown = text(at_work.get(first_look))
        assert "What it finds" not in shown and "This is needed" not in shown
    shown = text(at_work.get(f"{page}?entries=8&jurors=4&per_entry=2&rounds=1"))
    assert "16 reviews in all" in shown and "Mixed model" in shown
    assert "severity of jurors has 1.00 times the spread of quality, chance 0.80 times" in shown
    asked = f"{page}?entries=8&jurors=4&per_entry=4&rounds=1&bias=0,5&noise=0"
    assert "severity of jurors has 0.50 times the spread of quality, chance 0.00 times" in text(at_work.get(asked))
    assert "What it finds" not in text(at_work.get(f"{page}?entries=8&jurors=4&per_entry=2&rounds=1&bias=nan"))
    assert "Such a design cannot be held" in text(at_work.get(f"{page}?entries=8&jurors=2&per_entry=3&rounds=1"))


def test_a_possible_conflict_is_confirmed_or_cleared_by_one_click(at_work, session, edition, challenge, address):
    juror = make_juror(session, edition, email="x@port.fr")
    teams = [make_team(session, edition, [make_person(session, email=f"m{n}@etu.port.fr")]) for n in range(2)]
    first, second = (make_handed_in_entry(session, challenge, team=team) for team in teams)
    assert "Same e-mail domain as a member of the team: port.fr" in text(at_work.get(address("/conflicts")))
    make_review(session, juror, first, [3] * len(challenge.criteria))
    scores = f"/editions/{edition.slug}/organise/scores"
    told = f"{first.code}: a juror who may have a conflict has finished a review"
    assert told in words_of(text(at_work.get(scores)))
    at_work.post(address("/conflicts/confirm"), data={"juror": juror.public_id, "entry": first.code})
    at_work.post(address("/conflicts/clear"), data={"juror": juror.public_id, "entry": second.code})
    declared = session.scalars(select(Conflict)).one()
    assert (declared.entry_id, declared.reason) == (first.id, "Same e-mail domain as a member of the team: port.fr")
    assert declared.kind is ConflictKind.DOMAIN
    assert "None waits to be settled" in text(at_work.get(address("/conflicts")))
    assert "may have a conflict has finished" not in text(at_work.get(scores))


def test_an_organiser_declares_a_conflict_for_a_juror(at_work, session, edition, challenge, address):
    juror, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
    who = {"juror": juror.public_id, "entry": entry.code, "kind": "mentor"}
    assert at_work.post(address("/conflicts"), data=who | {"reason": ""}).status_code == 422
    assert at_work.post(address("/conflicts"), data=who | {"reason": "Told us by phone"}).status_code == 302
    declared = session.scalars(select(Conflict)).one()
    assert (declared.juror_id, declared.kind) == (juror.id, ConflictKind.MENTOR)


def test_what_waits_is_counted_and_late_when_judging_closes_soon(app, session, edition, challenge):
    jurors = [make_juror(session, edition) for _ in range(2)]
    entry, alone = make_handed_in_entry(session, challenge), make_handed_in_entry(session, challenge)
    for juror in jurors:
        assign(session, juror, entry)
    assign(session, jurors[0], alone)
    assign(session, jurors[1], alone)
    make_review(session, jurors[0], entry, [1, 1])
    declare_conflict(session, jurors[1], alone)
    soon = edition.judging_closes_at - timedelta(days=3)
    with app.test_request_context("/?lang=en"):
        early = {item.label: item for item in jury_waits(session, edition, soon - timedelta(seconds=1))}
        late = {item.label: item for item in jury_waits(session, edition, soon)}
    assert (early["reviews not finished"].count, early["reviews not finished"].is_late) == (2, False)
    assert late["reviews not finished"].is_late
    short = late["entry with too few jurors"]
    assert (short.count, short.detail) == (1, f"{alone.code} has lost a juror to a conflict")


@pytest.mark.parametrize("entries", [3, 300])
@pytest.mark.database("sqlite")
def test_pages_ask_as_much_for_three_entries_as_for_three_hundred(at_work, session, challenge, address, entries):
    jurors = [make_juror(session, challenge.edition) for _ in range(2)]
    for entry in make_handed_in_entries(session, challenge, entries):
        for juror in jurors:
            assign(session, juror, entry)
    acts = ("", "/assignments", f"/assignments/challenges/{challenge.number}", "/assignments/proposal?reviews=2")
    for act in (*acts, "/conflicts", "/words"):
        with count_queries() as asked:
            assert at_work.get(address(act)).status_code == 200
        assert len(asked) <= 32, "\n".join(asked)
