"""The database: declarative base, types, engine and sessions."""

import sqlite3
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    select,
)
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeEngine

from hackaviz.kernel.bilingual import Bilingual, BilingualType
from hackaviz.kernel.writers import WriterQueue

SAFE_SQLITE_VERSIONS = "3.51.3, 3.50.7 or 3.44.6"
# Long enough for the last seconds before a deadline, when all teams write at once: each is judged by its arrival.
QUEUE_SECONDS = 20.0
# Of two that came through the queue one may still be committing.
BUSY_TIMEOUT_MS = 5_000


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; a naive one is a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: UTC; SQLite keeps no zone, so it is dropped there."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database: always aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table; constraints are named so that migrations and messages can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, TypeEngine[Any]]] = {
        datetime: UTCDateTime(),
        Bilingual: BilingualType(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }


Cents = BigInteger


def enum_column(enum: type[StrEnum], *, length: int = 24) -> Enum:
    """A StrEnum stored as its value, with a CHECK so that the database refuses any other word."""
    return Enum(
        enum,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=True,
        length=length,
        name=f"{enum.__name__.lower()}_known",
    )


def open_engine(url: str) -> Engine:
    """An engine for SQLite (WAL, synchronous=FULL, foreign keys) or PostgreSQL (psycopg 3)."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20)
    # A connection is a file that is opened: never is one waited for.
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000}, max_overflow=-1)
    queue = WriterQueue(str(engine.url.database), QUEUE_SECONDS)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", partial(_begin_sqlite, queue))
    event.listen(engine, "commit", queue.leave)
    event.listen(engine, "rollback", queue.leave)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver must not begin transactions by itself: `_begin_sqlite` chooses which kind.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_TIMEOUT_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(queue: WriterQueue, connection: Connection) -> None:
    if not connection.get_execution_options().get("writes", True):
        connection.exec_driver_sql("BEGIN")
        return
    queue.enter(connection)
    try:
        # A deferred transaction that starts by reading cannot wait for the writer's lock; it fails at once.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except BaseException:
        queue.leave(connection)
        raise


def session_factory(engine: Engine, *, writes: bool = True) -> sessionmaker[Session]:
    """Sessions whose transaction may write, or (writes=False) only reads and never waits for the writer's lock."""
    return sessionmaker(engine.execution_options(writes=writes), expire_on_commit=False)


def sqlite_may_corrupt(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether this SQLite has the rare WAL-reset corruption (mended in 3.51.3, 3.50.7 and 3.44.6)."""
    if version >= (3, 51, 3):
        return False
    return not ((3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45))


def hold_row(session: Session, row: Any) -> None:
    """Lock a row until the end of the transaction, for what is read and counted afterwards.

    On SQLite the write transaction itself is the lock. On PostgreSQL rows that refer to this one can still be added
    (FOR NO KEY UPDATE): each of these would wait too, and could wait in a circle.
    """
    session.flush()
    if session.get_bind().dialect.name != "sqlite":
        table = type(row)
        session.execute(select(table.id).where(table.id == row.id).with_for_update(key_share=True))


def lock_row(session: Session, row: Any) -> None:
    """Lock a row and read it again, before anything that depends on it is counted or decided."""
    hold_row(session, row)
    session.refresh(row)
