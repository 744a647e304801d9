"""What tests of entries share: a team whose draft lacks nothing, and ways to send files."""

from io import BytesIO

import pytest
from PIL import Image

from submissions.entries import handing_in
from submissions.entries.receipts import signing_key
from tests.factories import make_challenge, make_edition, make_entry, make_person, make_team, make_upload, sign_in

KEY = signing_key("only-for-tests")


@pytest.fixture
def edition(session, now):
    return make_edition(session, now=now)


@pytest.fixture
def team(session, edition):
    people = [make_person(session, language="en"), make_person(session, language="fr")]
    return make_team(session, edition, people, challenge=make_challenge(session, edition))


@pytest.fixture
def draft(session, team):
    """An entry that can be handed in as it stands."""
    entry = make_entry(session, team, team.challenge)
    make_upload(session, entry)
    return entry


@pytest.fixture
def member(client, team):
    """A browser of the captain."""
    return sign_in(client, team.captain)


@pytest.fixture
def hand_in(session):
    """Hands in with the key of the tests."""

    def hand_in(entry, now, request_key="key-1", actor=None):
        actor = actor or entry.team.captain
        facts = {"entry": entry, "actor": actor, "now": now, "request_key": request_key}
        return handing_in.hand_in(session, signing_key=KEY, **facts)

    return hand_in


def png(colour="navy"):
    """A small image."""
    stream = BytesIO()
    Image.new("RGB", (80, 60), colour).save(stream, "PNG")
    return stream.getvalue()
