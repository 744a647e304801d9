from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from sqlalchemy import func, select

from hackaviz.accounts import service
from hackaviz.accounts.models import EditionRole, Invitation, Person, Role
from hackaviz.accounts.queries import open_invitations, people_with_role, person_by_email
from hackaviz.kernel.audit import Action
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.kernel.errors import Conflict, Invalid
from tests.accounts.conftest import PASSWORD
from tests.factories import grant, make_edition, make_person, make_sponsor, sign_in

JOIN = {"name": "Grace Hopper", "password": PASSWORD, "language": "en"}


@pytest.fixture
def edition(session):
    return make_edition(session)


@pytest.fixture
def organiser(session, edition):
    organiser = make_person(session, name="Olga Organiser")
    grant(session, organiser, Role.ORGANISER, edition)
    return organiser


@pytest.fixture
def invite(app, session, edition, organiser):
    """Invite to the jury unless said otherwise; the answer is the path of the link."""

    def call(email="grace@example.org", **values):
        facts = {"edition": edition, "role": Role.JUROR, "actor": organiser, "now": utc_now()} | values
        with app.app_context():
            return f"/invitations/{service.invite(session, email=email, **facts)}"

    return call


def jurors(session, edition):
    return [person.email for person in people_with_role(session, edition.id, Role.JUROR)]


def test_a_letter_names_the_edition_the_role_and_who_invites(invite, edition, letters, link_of):
    link = invite()
    assert link_of() == link
    letter = letters()[0]
    assert letter.recipient == "grace@example.org"
    assert (
        f"Olga Organiser invites you to take part in the data visualisation contest “{edition.title.en}”" in letter.body
    )
    assert "As: Member of the jury" in letter.body


def test_who_has_an_account_gets_the_letter_in_its_language(session, invite, letters):
    make_person(session, email="grace@example.org", language="fr")
    invite()
    assert "Rôle proposé\N{NO-BREAK SPACE}: Membre du jury" in letters()[0].body


def test_somebody_without_account_opens_one_and_is_verified_by_the_link(client, session, edition, invite):
    link = invite(name="Grace")
    page = client.get(link).text
    assert 'value="Grace"' in page
    assert edition.title.en in page
    assert client.post(f"{link}/account", data=JOIN).location == "/account"

    grace = person_by_email(session, "grace@example.org")
    assert grace.email_verified_at is not None
    assert jurors(session, edition) == ["grace@example.org"]
    account = client.get("/account").text
    assert "Member of the jury" in account
    assert edition.title.en in account


def test_somebody_with_an_account_signs_in_and_accepts_with_one_button(client, session, edition, invite, ada):
    link = invite("Ada@example.org")
    page = client.get(link).text
    assert f"/sign-in?next={link}" in page
    sign_in(client, ada)
    assert "Accept this invitation" in client.get(link).text
    assert jurors(session, edition) == []
    assert client.post(link).location == "/account"
    assert jurors(session, edition) == ["ada@example.org"]


def test_the_link_verifies_the_address_of_an_account_that_was_not(client, session, invite):
    grace = make_person(session, email="grace@example.org", email_verified_at=None)
    sign_in(client, grace).post(invite())
    session.refresh(grace)
    assert grace.email_verified_at is not None


def test_it_is_for_no_other_address(client, session, edition, invite, ada):
    link = invite()
    sign_in(client, ada)
    page = client.get(link).text
    assert "This invitation is for another address" in page
    assert "You are signed in as ada@example.org." in page
    assert client.post(link).status_code == 409
    assert jurors(session, edition) == []


def test_an_expired_one_says_so(client, session, edition, invite):
    link = invite()
    with time_machine.travel(utc_now() + timedelta(days=31)):
        page, refused = client.get(link), client.post(f"{link}/account", data=JOIN)
    assert page.status_code == 410
    assert "This invitation has expired." in page.text
    assert refused.status_code == 409
    assert jurors(session, edition) == []


def test_a_withdrawn_one_says_so(client, session, edition, organiser, invite):
    link = invite()
    invitation = open_invitations(session, edition.id, Role.JUROR)[0]
    service.withdraw_invitation(session, invitation=invitation, actor=organiser, now=utc_now())
    assert open_invitations(session, edition.id, Role.JUROR) == []
    page = client.get(link)
    assert page.status_code == 410
    assert "This invitation was withdrawn" in page.text
    assert client.post(f"{link}/account", data=JOIN).status_code == 409


def test_a_used_one_says_so(client, new_client, session, edition, invite):
    link = invite()
    client.post(f"{link}/account", data=JOIN)
    page = new_client().get(link)
    assert page.status_code == 410
    assert "accepted already" in page.text
    assert new_client().post(f"{link}/account", data=JOIN).status_code == 409


def test_accepting_twice_changes_nothing(client, session, edition, invite, ada):
    link = invite("ada@example.org")
    sign_in(client, ada)
    assert [client.post(link).status_code for _click in range(2)] == [302, 302]
    assert session.scalar(select(func.count()).select_from(Action).where(Action.verb == "role.grant")) == 1


def test_a_half_copied_link_is_not_found(client):
    assert client.get("/invitations/nonsense").status_code == 404


def test_a_short_password_keeps_the_name_and_the_invitation(client, invite):
    link = invite()
    refused = client.post(f"{link}/account", data=JOIN | {"password": "short"})
    assert refused.status_code == 422
    assert 'value="Grace Hopper"' in refused.text
    assert client.post(f"{link}/account", data=JOIN).status_code == 302


def test_inviting_again_replaces_the_earlier_link(client, invite):
    first, second = invite(), invite(" Grace@Example.org")
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200


def test_another_role_is_another_invitation(client, session, edition, invite):
    sponsor = make_sponsor(session, edition)
    links = [invite(), invite(role=Role.ORGANISER), invite(role=Role.SPONSOR, sponsor_id=sponsor.id)]
    assert [client.get(link).status_code for link in links] == [200, 200, 200]


def test_who_has_the_role_is_not_invited_to_it(session, edition, invite, ada):
    grant(session, ada, Role.JUROR, edition)
    with pytest.raises(Invalid) as refused:
        invite("ada@example.org")
    assert refused.value.field == "email"


def test_an_accepted_invitation_is_withdrawn_no_more(client, session, organiser, invite):
    client.post(f"{invite()}/account", data=JOIN)
    invitation = session.scalars(select(Invitation)).one()
    with pytest.raises(Conflict):
        service.withdraw_invitation(session, invitation=invitation, actor=organiser, now=utc_now())


def test_a_role_taken_back_is_gone_and_both_acts_are_in_the_log(session, edition, organiser, ada, now):
    granted = service.grant_role(session, person=ada, edition_id=edition.id, role=Role.JUROR, actor=organiser, now=now)
    assert ada.has_role(Role.JUROR, edition.id)
    service.withdraw_role(session, granted=granted, actor=organiser, now=now)
    assert not ada.has_role(Role.JUROR, edition.id)
    verbs = session.scalars(select(Action.verb).where(Action.edition_id == edition.id).order_by(Action.id)).all()
    assert verbs == ["role.grant", "role.withdraw"]


def at_once(database_url, *acts):
    """Each act in a session and a thread of its own, all beginning together; what each answered or raised."""
    engine, start = open_engine(database_url), Barrier(len(acts))

    def run(act):
        with session_factory(engine)() as session:
            start.wait(timeout=60)
            try:
                answer = act(session)
            except service.InvitationNotUsable as refused:
                return refused
            session.commit()
            return answer

    with ThreadPoolExecutor(len(acts)) as pool:
        answers = list(pool.map(run, acts))
    engine.dispose()
    return answers


def test_one_link_accepted_twice_at_once_gives_one_role(session, database_url, edition, invite, ada):
    token = invite("ada@example.org").rsplit("/", 1)[-1]
    person_id = ada.id
    session.commit()

    def accept(own):
        person = own.get_one(Person, person_id)
        return service.accept_invitation(own, token=token, person=person, now=utc_now()).role

    assert at_once(database_url, accept, accept, accept) == [Role.JUROR] * 3
    assert session.scalar(select(func.count()).select_from(EditionRole).filter_by(role=Role.JUROR)) == 1
    assert session.scalar(select(func.count()).select_from(Action).where(Action.verb == "role.grant")) == 1


def test_one_link_opens_one_account_when_two_people_use_it_at_once(session, database_url, edition, invite):
    token = invite().rsplit("/", 1)[-1]
    session.commit()

    def join(name):
        facts = {"token": token, "name": name, "language": "en", "password_hash": "x", "now": utc_now()}
        return lambda own: service.join_by_invitation(own, **facts).name

    answers = at_once(database_url, join("First"), join("Second"))
    refusals = [answer for answer in answers if isinstance(answer, service.InvitationNotUsable)]
    assert len(refusals) == 1
    assert jurors(session, edition) == ["grace@example.org"]


def test_one_role_granted_twice_at_once_is_held_once(session, database_url, edition, organiser, ada):
    person_id, edition_id, organiser_id = ada.id, edition.id, organiser.id
    session.commit()

    def give(own):
        actor, person = own.get_one(Person, organiser_id), own.get_one(Person, person_id)
        facts = {"edition_id": edition_id, "role": Role.JUROR, "actor": actor, "now": utc_now()}
        return service.grant_role(own, person=person, **facts).role

    assert at_once(database_url, give, give) == [Role.JUROR] * 2
    assert session.scalar(select(func.count()).select_from(EditionRole).filter_by(role=Role.JUROR)) == 1


def test_the_page_speaks_french(client, invite):
    page = client.get(f"{invite()}?lang=fr").text
    assert "Vous avez une invitation" in page
    assert "Membre du jury" in page
