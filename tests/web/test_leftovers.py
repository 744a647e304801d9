"""Blobs that a refused request leaves are forgotten after a day; what some row names stays."""

from datetime import timedelta
from io import BytesIO

import pytest

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import transactions
from hackaviz.web import leftovers
from hackaviz.web.database import sessions
from hackaviz.web.leftovers import SWEPT_EVERY, Leftovers
from hackaviz.web.storage import current_storage
from tests.factories import make_edition, make_sponsor

TOMORROW = timedelta(days=1, minutes=1)


@pytest.fixture
def storage(app, session):
    """With one blob that a row names, in the application's own storage."""
    with app.app_context():
        storage = current_storage()
        make_sponsor(session, make_edition(session), logo_key=storage.write(BytesIO(b"a logo")).key)
        session.commit()
        yield storage


def left(storage, content):
    return storage.write(BytesIO(content)).key


def sweep(sweeper, now):
    assert sweeper.sweep(transactions(sessions().writing), now) is False


def test_what_no_row_names_goes_after_a_day_and_what_one_names_stays(storage):
    [named] = storage.keys()
    refused = left(storage, b"refused")
    sweep(Leftovers(storage), utc_now() + timedelta(hours=23))
    assert storage.exists(refused)
    sweep(Leftovers(storage), utc_now() + TOMORROW)
    assert list(storage.keys()) == [named]


def test_it_is_not_done_at_each_question(storage):
    sweeper, now = Leftovers(storage), utc_now() + TOMORROW
    sweep(sweeper, now)
    late = left(storage, b"late")
    sweep(sweeper, now + SWEPT_EVERY - timedelta(seconds=1))
    assert storage.exists(late)
    sweep(sweeper, now + SWEPT_EVERY)
    assert not storage.exists(late)


def test_a_storage_whose_rows_are_elsewhere_is_left_alone(storage, monkeypatch):
    monkeypatch.setattr(leftovers, "MOST_AT_ONCE", 1)
    found = [left(storage, content) for content in (b"one", b"two")]
    sweep(Leftovers(storage), utc_now() + TOMORROW)
    assert all(storage.exists(key) for key in found)


def test_the_job_process_does_it(app):
    assert "blobs unnamed" in app.extensions["hackaviz.work"]
