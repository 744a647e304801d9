"""A hand-in while its file becomes whole and is examined, on both databases: decided once, whichever comes first."""

from hackaviz.accounts.models import Person
from hackaviz.kernel.jobs import transactions
from hackaviz.web.database import sessions
from submissions.entries import handing_in
from submissions.entries.models import Entry
from submissions.entries.transfers import service
from submissions.entries.transfers.models import PendingHandIn, Transfer
from submissions.entries.transfers.rules import Announced, HandInState
from tests.submissions.entries.conftest import KEY


def a_hand_in(entry, transfer, key, now):
    ids = entry.id, entry.team.captain.id
    transfer_id = transfer.id if isinstance(transfer, Transfer) else None

    def act(own):
        entry, actor = map(own.get_one, (Entry, Person), ids)
        named = own.get_one(Transfer, transfer_id) if transfer_id else transfer
        facts = {"entry": entry, "actor": actor, "now": now, "request_key": key, "named": named}
        return type(handing_in.hand_in(own, signing_key=KEY, **facts)).__name__

    return act


def examining(app, now):
    """A job that looks into what is due, in transactions of its own."""

    def act(own):
        own.close()
        return app.extensions["hackaviz.work"]["examinations"].step(transactions(sessions().writing), now)

    return act


def test_a_hand_in_while_its_file_is_examined_becomes_one_version(app, session, draft, way, race):
    transfer = way.arrive(way.begin())
    session.commit()
    made, examined = race(a_hand_in(draft, transfer, "key-1", way.now), examining(app, way.now))
    assert (made in {"EntryVersion", "PendingHandIn"}, examined) == (True, True)
    assert [version.handed_in_at for version in draft.versions] == [way.now]
    assert session.query(PendingHandIn).filter_by(state=HandInState.WAITING).count() == 0


def test_the_same_form_and_another_sent_while_a_file_is_on_its_way(app, session, draft, way, race):
    transfer = way.begin()
    acts = [a_hand_in(draft, transfer, key, way.now) for key in ("same", "same", "other")]
    assert race(*acts) == ["PendingHandIn"] * 3
    way.arrive(transfer)
    way.work()
    assert sorted(version.request_key for version in draft.versions) == ["other", "same"]


def a_file_that_begins(entry, announced, now):
    ids = entry.id, entry.team.captain.id

    def act(own):
        entry, actor = map(own.get_one, (Entry, Person), ids)
        return service.announce(own, entry=entry, announced=announced, limit=100, actor=actor, now=now).bytes

    return act


def test_a_hand_in_that_announces_a_file_and_the_sending_of_it_mean_one_transfer(session, draft, way, race):
    announced = Announced("new.png", 9, "f")
    begins = a_file_that_begins(draft, announced, way.now)
    assert race(a_hand_in(draft, announced, "key-1", way.now), begins, begins) == ["PendingHandIn", 9, 9]
    assert session.query(PendingHandIn).one().transfer_id == session.query(Transfer).one().id


def test_one_file_is_examined_once_however_many_jobs_look(app, session, way, race):
    way.arrive(way.begin())
    session.commit()
    assert sorted(race(*[examining(app, way.now)] * 3)).count(True) == 1
    assert session.query(Transfer).one().attempts == 1
