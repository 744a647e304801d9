"""Background work.

The truth is in our rows: a task only says "look for work of this kind"; a sweep asks the same again.
huey loses the running task when its process is killed, so no task carries anything that is not in a table.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from huey import Huey, RedisHuey, SqliteHuey
from sqlalchemy import String
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Mapped, Session, mapped_column, sessionmaker

from hackaviz.kernel.database import Base

HEARTBEAT_SECONDS = 5
HEARTBEAT_STALE = timedelta(seconds=30)
JOB_PROCESS = "jobs"

Transaction = Callable[[], AbstractContextManager[Session]]


class Heartbeat(Base):
    """When a job process last said that it works."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]


@dataclass(frozen=True)
class Work:
    """A kind of background work.

    `step(transaction, now)` does one unit that is due and answers whether there was one. It claims the unit in a short
    transaction, works outside it, and notes the outcome in another, so that a kill in between only means doing it
    again.

    `release(session)` gives back what is claimed: only for a process that is alone, at its start, when whoever claimed
    it is dead.
    """

    name: str
    step: Callable[[Transaction, datetime], bool]
    release: Callable[[Session], None] = lambda _session: None


def transactions(factory: sessionmaker[Session]) -> Transaction:
    """Short write transactions, each committed at its end and rolled back on an error."""

    @contextmanager
    def transaction() -> Iterator[Session]:
        with factory() as session, session.begin():
            yield session

    return transaction


def do_all(work: Work, transaction: Transaction, clock: Callable[[], datetime], most: int = 1_000) -> int:
    """Do every unit that is due, one after the other, at most `most`; say how many there were."""
    done = 0
    while done < most and work.step(transaction, clock()):
        done += 1
    return done


def open_queue(database_url: str, redis_url: str | None, instance: Path) -> Huey:
    """The queue of wake-up calls: Redis when there is one, else a SQLite file beside the database."""
    if redis_url:
        return RedisHuey("hackaviz", url=redis_url)
    url = make_url(database_url)
    beside = url.database if url.get_backend_name() == "sqlite" else None
    file = Path(f"{beside}.jobs") if beside else instance / "jobs.sqlite"
    file.parent.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("hackaviz", filename=str(file), fsync=False)


def beat(session: Session, now: datetime) -> None:
    """Say that the job process works."""
    session.merge(Heartbeat(name=JOB_PROCESS, at=now))


def is_beating(session: Session, now: datetime) -> bool:
    """Whether a job process worked within the last half minute."""
    heartbeat = session.get(Heartbeat, JOB_PROCESS)
    return heartbeat is not None and now - heartbeat.at < HEARTBEAT_STALE
