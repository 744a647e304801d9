"""A judged edition, and its seal."""

import pytest

from judging.sealing.service import seal
from tests.support.sealed import NOW, judged
from tests.support.worlds import once


@pytest.fixture
def edition(app, session):
    with app.app_context():
        return once(session, judged)


@pytest.fixture
def in_app(app):
    with app.app_context():
        yield


@pytest.fixture
def made(in_app, session, edition):
    return seal(session, edition=edition, actor=None, now=NOW)
