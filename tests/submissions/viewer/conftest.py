import pytest

from challenges.editions.rules import Phase
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import transactions
from hackaviz.kernel.storage import Storage
from hackaviz.web.database import sessions
from submissions.viewer.models import Preview
from submissions.viewer.previews import Studio
from submissions.viewer.service import ask_for_preview
from tests.factories import hand_in, make_challenge, make_edition, make_entry, make_team
from tests.support.works import PAGE, send_work


@pytest.fixture
def files(app) -> Storage:
    """The storage of the application under test."""
    return app.extensions["hackaviz.storage"]


@pytest.fixture
def make_work(session, files):
    """Makes an upload of an entry that was handed in, in an edition that is being judged unless said otherwise."""

    def make_work(name: str = "work.html", content: bytes = PAGE, phase: Phase = Phase.JUDGING):
        challenge = make_challenge(session, make_edition(session, phase))
        entry = make_entry(session, make_team(session, challenge.edition), challenge)
        upload = send_work(session, files, entry, name, content)
        hand_in(session, entry, upload)
        return upload

    return make_work


@pytest.fixture
def address(app):
    """Where something of an upload is: a path on the content host."""

    def address(make_url, upload, now) -> str:
        with app.test_request_context():
            return make_url(upload, now).removeprefix(app.config["CONTENT_URL"])

    return address


@pytest.fixture
def draw(app, session, files):
    """Asks for the image of an upload, does what is due, and answers the row."""

    def draw(upload=None, now=None) -> Preview:
        if upload is not None:
            ask_for_preview(session, upload, utc_now())
        session.commit()
        with app.app_context():
            Studio(app, files).make_due(transactions(sessions().writing), now or utc_now())
        session.expire_all()
        return session.query(Preview).order_by(Preview.id.desc()).first()

    return draw
