"""The demo's outbox is open to all: no letter in it tells a juror whose a work is before the results."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hackaviz.accounts.models import Role
from hackaviz.factory import create_app
from hackaviz.kernel.mail import OutgoingMail
from hackaviz.web.database import sessions
from submissions.entries.listing.models import ListingState
from submissions.entries.listing.service import decide_listing
from submissions.entries.scans.letters import write_infected
from tests.factories import grant, make_person, sign_in
from tests.support.client import client_for

CANARY = "serinus"

pytestmark = pytest.mark.database("sqlite")


@pytest.fixture
def demo(settings, session):
    app = create_app(replace(settings, demo=True))
    yield app
    with app.app_context():
        sessions().engine.dispose()


@pytest.fixture
def letters(demo, session, draft, now, hand_in):
    """Every kind of letter that a team gets about its work."""
    captain = draft.team.captain
    captain.name = f"{CANARY} {draft.code}"
    with demo.app_context():
        hand_in(draft, now)
        decide_listing(session, entry=draft, state=ListingState.REFUSED, reason="No data", actor=captain, now=now)
        write_infected(session, entry=draft, file="a.png", occasion="one", signature="Eicar", now=now)
    session.commit()
    return session.query(OutgoingMail).all()


def told(demo, session, reader=None):
    """How many letters with the canary a reader finds."""
    client = client_for(demo, session)
    page = (sign_in(client, reader) if reader else client).get("/outbox?lang=en")
    assert page.status_code == 200
    return page.text.count(f"Hello {CANARY}") + page.text.count(f"Bonjour {CANARY}")


def test_letters_about_a_work_are_for_their_reader_and_the_organisers(demo, session, edition, draft, letters):
    juror, organiser = make_person(session), make_person(session)
    grant(session, juror, Role.JUROR, edition)
    grant(session, organiser, Role.ORGANISER, edition)
    session.commit()
    written = sum(CANARY in letter.body for letter in letters)
    assert written == 3
    readers = (None, juror, draft.team.members[1].person, draft.team.captain, organiser)
    assert [told(demo, session, reader) for reader in readers] == [0, 0, 0, written, written]


def test_they_are_there_for_all_once_the_results_are_public(demo, session, edition, letters, now):
    edition.results_public_at = now - timedelta(days=1)
    session.commit()
    assert told(demo, session) == 3
