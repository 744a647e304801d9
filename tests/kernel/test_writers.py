"""Writers of SQLite queue: nobody is passed over, nobody waits for ever, and a killed one holds nobody up."""

import multiprocessing
import os
import signal
import threading
from statistics import median

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from hackaviz.kernel import database
from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.kernel.writers import HELD, WriterQueue

pytestmark = pytest.mark.database("sqlite")
CONTEXT = multiprocessing.get_context("spawn")
BUSY_THREADS, PEOPLE = 4, 12


@pytest.fixture
def url(tmp_path):
    url = f"sqlite:///{tmp_path}/queue.sqlite"
    engine = open_engine(url)
    with session_factory(engine)() as session:
        session.execute(text("CREATE TABLE acts (who TEXT)"))
        session.commit()
    engine.dispose()
    return url


def _write(engine, who, seconds=0.0):
    with session_factory(engine)() as session:
        session.execute(text("INSERT INTO acts VALUES (:who)"), {"who": who})
        threading.Event().wait(seconds)
        session.commit()


def _write_without_end(url, started):
    engine = open_engine(url)

    def go_on():
        while True:
            _write(engine, "busy", seconds=0.01)
            started.set()

    threads = [threading.Thread(target=go_on) for _ in range(BUSY_THREADS)]
    for thread in threads:
        thread.start()


@pytest.fixture
def busy_process(url):
    started = CONTEXT.Event()
    process = CONTEXT.Process(target=_write_without_end, args=(url, started))
    process.start()
    assert started.wait(60)
    yield process
    process.kill()
    process.join()


def test_a_process_that_writes_all_the_time_does_not_keep_another_from_its_turn(url, busy_process):
    engine = open_engine(url)
    for _ in range(PEOPLE):
        _write(engine, "somebody")
    with session_factory(engine, writes=False)() as session:
        order = "".join(session.scalars(text("SELECT substr(who, 1, 1) FROM acts ORDER BY rowid")))
    waits = [len(run) for run in order.partition("s")[2].split("s")[:-1]]
    # One turn each: while somebody waits the other process writes once, or twice where the two just missed each other.
    assert median(waits) <= 2 * BUSY_THREADS, waits


def test_a_writer_that_is_killed_holds_nobody_up(url, busy_process):
    os.kill(busy_process.pid, signal.SIGKILL)
    busy_process.join()
    _write(open_engine(url), "somebody")


def test_a_transaction_that_fails_lets_the_next_one_go(url):
    engine = open_engine(url)
    for _ in range(3):
        with pytest.raises(OperationalError), session_factory(engine)() as session:
            session.execute(text("INSERT INTO nowhere VALUES (1)"))
    _write(engine, "somebody")


def test_a_queue_that_could_not_be_entered_once_is_open_to_the_next(url, tmp_path, monkeypatch):
    queue = WriterQueue(str(tmp_path / "queue.sqlite"), patience_seconds=0)
    with open_engine(url).connect() as connection:
        monkeypatch.setattr("os.open", _refuse)
        with pytest.raises(OSError, match="no room"):
            queue.enter(connection)
        monkeypatch.undo()
        queue.enter(connection)
        assert HELD in connection.info
        queue.leave(connection)


def _refuse(*_arguments):
    raise OSError("no room")


def test_who_has_waited_too_long_is_refused(url, monkeypatch):
    monkeypatch.setattr(database, "QUEUE_SECONDS", 0.2)
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 100)
    engine = open_engine(url)
    with session_factory(engine)() as first, session_factory(engine)() as second:
        first.execute(text("INSERT INTO acts VALUES ('first')"))
        with pytest.raises(OperationalError, match="locked"):
            second.execute(text("INSERT INTO acts VALUES ('second')"))
        first.commit()
    _write(engine, "third")


def test_readers_never_wait(url):
    engine = open_engine(url)
    with session_factory(engine)() as writer, session_factory(engine, writes=False)() as reader:
        writer.execute(text("INSERT INTO acts VALUES ('writer')"))
        assert reader.scalar(text("SELECT count(*) FROM acts")) == 0
