"""An invitation to the jury is declined by its link alone; organisers see it, and the place is free again."""

import pytest

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Invitation, Role
from hackaviz.accounts.queries import declined_invitations, open_invitations
from hackaviz.accounts.service import InvitationNotUsable, accept_invitation, invite
from judging.panels.wording import invited_check
from tests.factories import (
    assign,
    grant,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    sign_in,
)

pytestmark = pytest.mark.database("sqlite")


@pytest.fixture
def edition(session):
    return make_edition(session, Phase.JUDGING)


@pytest.fixture
def organiser(session, edition):
    person = make_person(session)
    grant(session, person, Role.ORGANISER, edition)
    return person


@pytest.fixture
def token(app, session, edition, organiser):
    with app.test_request_context():
        found = invite(
            session,
            edition=edition,
            role=Role.JUROR,
            email="busy@example.org",
            name="Busy Juror",
            actor=organiser,
            now=edition.created_at,
        )
    session.query(Invitation).one().expires_at = edition.judging_closes_at
    session.flush()
    return found


def decline(client, token, reason=""):
    return client.post(f"/invitations/{token}/decline", data={"reason": reason})


@pytest.mark.parametrize("language", ["fr", "en"])
def test_whoever_holds_the_link_declines_without_an_account(client, session, edition, token, language):
    page = client.get(f"/invitations/{token}?lang={language}").get_data(as_text=True)
    assert f"/invitations/{token}/decline" in page
    assert decline(client, token, "On a ship until June").status_code == 302
    assert open_invitations(session, edition.id, Role.JUROR) == []
    [declined] = declined_invitations(session, edition.id, Role.JUROR)
    assert declined.decline_reason == "On a ship until June"
    assert client.get(f"/invitations/{token}").status_code == 410


def test_a_declined_link_opens_nothing_any_more(app, client, session, edition, token):
    decline(client, token)
    assert decline(client, token, "Sent twice").status_code == 302
    person = make_person(session, email="busy@example.org")
    with app.test_request_context(), pytest.raises(InvitationNotUsable, match="declined"):
        accept_invitation(session, token=token, person=person, now=edition.judging_opens_at)
    assert not person.has_role(Role.JUROR, edition.id)


def test_organisers_read_the_reason_and_may_ask_again(client, session, edition, token, organiser):
    decline(client, token, "On a ship until June")
    sign_in(client, organiser)
    page = client.get(f"/editions/{edition.slug}/organise/jury").get_data(as_text=True)
    assert "On a ship until June" in page
    asked = {"name": "Busy Juror", "email": "busy@example.org"}
    assert client.post(f"/editions/{edition.slug}/organise/jury", data=asked).status_code == 302
    assert len(open_invitations(session, edition.id, Role.JUROR)) == 1


def test_the_health_of_the_design_counts_free_places(client, session, edition, token, organiser):
    entry = make_handed_in_entry(session, make_challenge(session, edition))
    assign(session, make_juror(session, edition), entry)
    sign_in(client, organiser)
    page = f"/editions/{edition.slug}/organise/jury/assignments"
    assert "1 invitation waits for an answer" in client.get(page).get_data(as_text=True)
    decline(client, token)
    shown = client.get(page).get_data(as_text=True)
    assert "1 was declined: its place is free" in shown
    assert "waits for an answer" not in shown


def test_without_invitations_nothing_is_said(app):
    with app.test_request_context():
        assert invited_check(0, 0) is None


def test_who_declined_and_came_after_all_is_listed_no_more(client, session, edition, token):
    decline(client, token)
    make_juror(session, edition, email="busy@example.org")
    assert declined_invitations(session, edition.id, Role.JUROR) == []
