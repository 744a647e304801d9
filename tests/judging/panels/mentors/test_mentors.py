"""A mentor of a team who is a juror is a possible conflict, however late either is known."""

import pytest

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from judging.panels.hints import open_hints, recused_pairs
from judging.panels.mentors.models import Mentor
from judging.panels.mentors.service import export_notes, forget_person, note_mentor
from judging.panels.proposing import propose
from judging.panels.rules import ConflictKind
from tests.factories import (
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    sign_in,
)

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def edition(session):
    return make_edition(session, Phase.JUDGING, reviews_needed=1)


@pytest.fixture
def entry(session, edition):
    return make_handed_in_entry(session, make_challenge(session, edition))


def note(session, entry, email):
    actor = make_person(session)
    return note_mentor(
        session, team=entry.team, email=email, name="A mentor", actor=actor, now=entry.edition.judging_opens_at
    )


def test_a_mentor_who_becomes_a_juror_is_found(session, edition, entry):
    note(session, entry, "Mentor@Harbour.example")
    assert open_hints(session, edition) == []
    juror = make_juror(session, edition, email="mentor@harbour.example")
    [hint] = open_hints(session, edition)
    assert (hint.juror, hint.entry, hint.kind) == (juror.id, entry.id, ConflictKind.MENTOR)
    assert recused_pairs(session, edition) == {(juror.id, entry.id)}


def test_a_mentor_is_given_no_such_entry(session, edition, entry):
    mentor, other = make_juror(session, edition), make_juror(session, edition)
    note(session, entry, mentor.email)
    assert propose(session, edition, 1).added == [(other.id, entry.id)]
    assert propose(session, edition, 2).blocking is not None


def test_noting_twice_changes_the_name_alone(session, entry):
    first, again = note(session, entry, "m@example.org"), note(session, entry, "M@example.org")
    assert first is again
    assert session.query(Mentor).count() == 1


def test_a_person_gets_the_notes_about_them_and_a_closed_account_leaves_none(session, entry):
    person = make_person(session)
    note(session, entry, person.email)
    [told] = export_notes(session, person)
    assert (told["team"], told["name"]) == (entry.team.name, "A mentor")
    forget_person(session, person, entry.created_at)
    assert session.query(Mentor).count() == 0


@pytest.mark.database("sqlite")
@pytest.mark.parametrize("language", ["fr", "en"])
def test_organisers_note_a_mentor_confirm_the_conflict_and_remove_the_note(client, session, edition, entry, language):
    organiser, juror = make_person(session), make_juror(session, edition)
    grant(session, organiser, Role.ORGANISER, edition)
    sign_in(client, organiser)
    base = f"/editions/{edition.slug}/organise/jury"
    data = {"team": entry.team.public_id, "name": "A mentor", "email": juror.email}
    assert client.get(f"{base}/mentors?lang={language}").status_code == 200
    assert client.post(f"{base}/mentors", data=data | {"email": "nobody"}).status_code == 422
    assert client.post(f"{base}/mentors", data=data).status_code == 302
    assert juror.name in client.get(f"{base}/conflicts").get_data(as_text=True)
    pair = {"juror": juror.public_id, "entry": entry.code}
    client.post(f"{base}/conflicts/confirm", data=pair)
    remove = f"{base}/mentors/{session.query(Mentor).one().id}/remove"
    assert [client.post(remove).status_code for _twice in range(2)] == [302, 404]
    assert recused_pairs(session, edition) == {(juror.id, entry.id)}
