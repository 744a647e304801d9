"""What a team may send, and for how long it is kept."""

from contextlib import nullcontext
from datetime import timedelta

import pytest

from hackaviz.kernel.storage import BlobMissing
from hackaviz.web.storage import current_storage
from submissions.entries.refusals import FileTooLarge, TooLate
from submissions.entries.transfers import service
from submissions.entries.transfers.refusals import HandInWaits, NothingToSend, NotOnItsWay, QuotaUsed
from submissions.entries.transfers.rules import Announced, TransferState
from submissions.entries.transfers.service import require_room

MS = timedelta(milliseconds=1)
pytestmark = pytest.mark.database("sqlite")


def cancel(session, transfer, way):
    service.cancel(session, transfer=transfer, actor=way.entry.team.captain, now=way.now)


@pytest.mark.parametrize(
    ("size", "refusal"),
    [
        (-1, pytest.raises(NothingToSend)),
        (0, pytest.raises(NothingToSend)),
        (1, nullcontext()),
        (1000, nullcontext()),
        (1001, pytest.raises(FileTooLarge)),
    ],
)
def test_a_file_says_its_size_before_it_comes(session, draft, size, refusal):
    with refusal:
        require_room(session, draft, Announced("x.png", size), 1000)


def test_what_is_kept_and_what_is_coming_fill_the_room_of_a_team(session, draft, way):
    way.begin(b"x" * 26)
    # Ten bytes are kept, 26 are coming: of 40 that fit, four are left.
    require_room(session, draft, Announced("x.png", 1), 1)
    way.begin(b"x" * 4)
    with pytest.raises(QuotaUsed):
        require_room(session, draft, Announced("x.png", 1), 1)


def test_a_file_begins_until_the_deadline(way):
    way.begin(at=way.deadline)
    with pytest.raises(TooLate):
        way.begin(at=way.deadline + MS)


def test_a_whole_file_is_noted_once(session, way):
    transfer = way.arrive(way.begin(), at=way.now)
    service.finish(session, transfer=transfer, actor=way.entry.team.captain, now=way.now + MS)
    assert transfer.whole_at == way.now


def test_a_file_on_its_way_is_cancelled_but_not_one_that_a_hand_in_waits_for(session, way):
    one, other, whole = way.begin(), way.begin(), way.arrive(way.begin())
    cancel(session, one, way)
    assert one.state is TransferState.CANCELLED
    way.hand_in(other)
    with pytest.raises(HandInWaits):
        cancel(session, other, way)
    with pytest.raises(NotOnItsWay):
        cancel(session, whole, way)


def test_after_a_day_a_file_that_never_came_is_forgotten_unless_a_hand_in_waits_for_it(draft, way):
    draft.edition.hand_in_grace_minutes = 24 * 60
    forgotten, awaited = way.begin(), way.begin(at=way.deadline)
    way.hand_in(awaited, at=way.deadline)
    way.work(at=way.now + timedelta(days=1))
    assert forgotten.state is TransferState.BEGUN
    way.work(at=way.deadline + timedelta(days=1))
    assert (forgotten.state, awaited.state) == (TransferState.ABANDONED, TransferState.BEGUN)
    with pytest.raises(BlobMissing):
        current_storage().incoming.offset(forgotten.public_id)
