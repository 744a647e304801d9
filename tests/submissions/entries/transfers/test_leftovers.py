"""What killed processes and dropped lines leave in the storage is swept; what a team still sends is not."""

from datetime import timedelta

import pytest

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import transactions
from hackaviz.kernel.storage import Appending, BlobMissing
from hackaviz.web.database import sessions
from submissions.entries.transfers.leftovers import EVERY, Sweeper
from submissions.entries.transfers.models import Transfer
from submissions.entries.transfers.rules import TransferState
from tests.factories import save

pytestmark = pytest.mark.database("sqlite")
LATER = timedelta(days=2)


@pytest.fixture
def begin(session, storage, draft):
    """Begins a file in the storage, and notes it in a state, or not at all."""

    def begin(name, state=None):
        multipart_id = storage.incoming.begin(name)
        if state is not None:
            facts = {"file_name": "a.png", "bytes": 9, "fingerprint": "", "begun_at": utc_now()}
            upload = {"upload": draft.current_upload} if state is TransferState.EXAMINED else {}
            captain = draft.team.captain.id
            save(
                session,
                Transfer(
                    public_id=name,
                    entry=draft,
                    begun_by_id=captain,
                    multipart_id=multipart_id,
                    state=state,
                    **facts,
                    **upload,
                ),
            )
        return name, multipart_id

    return begin


def is_there(storage, name, multipart_id):
    try:
        if isinstance(storage.incoming, Appending):
            storage.incoming.offset(name)
        else:
            storage.incoming.parts(name, multipart_id)
    except BlobMissing:
        return False
    return True


def sweep(sweeper, session, at):
    session.commit()
    assert sweeper.sweep(transactions(sessions().writing), at) is False


def test_what_nobody_needs_is_gone_after_a_day_and_nothing_else(in_app, session, storage, begin):
    unknown = begin("unknown")
    needed = [begin(state.value, state) for state in (TransferState.BEGUN, TransferState.WHOLE)]
    over = [begin(state.value, state) for state in TransferState if state.value not in {"begun", "whole"}]
    sweep(Sweeper(storage), session, utc_now() + timedelta(hours=23))
    assert all(is_there(storage, *each) for each in (unknown, *needed, *over))
    sweep(Sweeper(storage), session, utc_now() + LATER)
    assert all(is_there(storage, *each) for each in needed)
    assert not any(is_there(storage, *each) for each in (unknown, *over))


def test_it_is_done_once_an_hour(in_app, session, storage, begin):
    sweeper, now = Sweeper(storage), utc_now() + LATER
    sweep(sweeper, session, now)
    late = begin("late")
    sweep(sweeper, session, now + EVERY - timedelta(seconds=1))
    assert is_there(storage, *late)
    sweep(sweeper, session, now + EVERY)
    assert not is_there(storage, *late)


def test_the_job_process_does_it(app):
    assert "leftovers" in app.extensions["hackaviz.work"]
