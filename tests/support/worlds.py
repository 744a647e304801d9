"""Worlds that many tests begin with: each worker builds one once on each database, and has it back as a copy."""

import pickle
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from hackaviz.kernel.database import Base
from tests.support.postgres import keep_rows

Made = TypeVar("Made")
_built: dict[tuple[Callable[..., Any], str], tuple[bytes, Callable[[Session], None]]] = {}


def once(session: Session, build: Callable[[Session], Made]) -> Made:
    """What `build(session)` makes in an empty database and returns: a row, or what holds rows and can be pickled.

    Dates count from when it was built, which may be minutes ago.
    """
    assert not session.in_transaction(), "a world comes first: what was written before it would be lost"
    key = build, session.get_bind().dialect.name
    if key in _built:
        _built[key][1](session)
    else:
        named = _pickled(build(session))
        session.commit()
        _built[key] = named, _kept(session)
    made: Made = _Finder(BytesIO(_built[key][0]), session).load()
    return made


class _Keeper(pickle.Pickler):
    """Writes the kind and the key of a row instead of the row."""

    def persistent_id(self, thing: Any) -> tuple[type[Base], tuple[Any, ...]] | None:
        return (type(thing), inspect(thing).identity) if isinstance(thing, Base) else None


class _Finder(pickle.Unpickler):
    def __init__(self, stream: BytesIO, session: Session) -> None:
        super().__init__(stream)
        self._session = session

    def persistent_load(self, named: tuple[type[Base], tuple[Any, ...]]) -> Base:
        return self._session.get_one(*named)


def _pickled(made: Any) -> bytes:
    stream = BytesIO()
    _Keeper(stream).dump(made)
    return stream.getvalue()


def _kept(session: Session) -> Callable[[Session], None]:
    """Keep all that the database holds; returns what puts it back into an empty one."""
    session.expunge_all()
    if session.get_bind().dialect.name == "postgresql":
        return keep_rows(session, f"world_{len(_built)}")
    file = _closed(session)
    copy = file.with_name(f"{file.stem}-world-{len(_built)}.sqlite")
    shutil.copyfile(file, copy)

    def put_back(later: Session) -> None:
        shutil.copyfile(copy, _closed(later))

    return put_back


def _closed(session: Session) -> Path:
    # Once its last connection is closed, all of an SQLite database is in its file.
    session.close()
    session.get_bind().engine.dispose()
    return Path(session.get_bind().engine.url.database or "")
