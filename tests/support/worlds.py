"""Worlds that many tests begin with: each worker builds one once, and has it back as a copy of its database."""

import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from sqlalchemy.orm import Session

_built: dict[str, tuple[Path, dict[str, tuple[type, int]]]] = {}


def once(session: Session, name: str, build: Callable[[], Mapping[str, Any]]) -> dict[str, Any]:
    """The rows that `build` makes in an empty database, by the names that it gives them.

    On PostgreSQL it builds each time. Dates count from when it was built, which may be minutes ago.
    """
    assert not session.in_transaction(), "a world comes first: what was written before it would be lost"
    if name in _built and _is_sqlite(session):
        copy, rows = _built[name]
        _copy(copy, _file(session))
        return {key: session.get_one(kind, number) for key, (kind, number) in rows.items()}
    made = dict(build())
    session.commit()
    if _is_sqlite(session):
        copy = Path(mkdtemp(prefix="hackaviz-world-")) / "world.sqlite"
        _copy(_file(session), copy)
        _built[name] = copy, {key: (type(row), row.id) for key, row in made.items()}
    return made


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _file(session: Session) -> Path:
    return Path(session.get_bind().engine.url.database or "")


def _copy(source: Path, target: Path) -> None:
    read, write = sqlite3.connect(source), sqlite3.connect(target)
    read.backup(write)
    read.close()
    write.close()
