"""One session per request: reading requests never wait for the writer's lock, writing ones commit once, at the edge."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from flask import Flask, Response, current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.exceptions import HTTPException

from hackaviz.kernel.database import open_engine, session_factory

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Sessions:
    """The session factories of an application."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.reading = session_factory(engine, writes=False)
        self.writing = session_factory(engine, writes=True)


def sessions() -> Sessions:
    """The session factories of the current application."""
    return cast(Sessions, current_app.extensions["hackaviz.sessions"])


def opens_write_late(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a view that reads first (stores a body, hashes a password) and calls `start_writing` when it is ready.

    A slow upload must not hold the writer's lock.
    """
    view.opens_write_late = True  # type: ignore[attr-defined]
    return view


def current_session() -> Session:
    """The session of this request."""
    if "session" not in g:
        g.session = _session_that_writes() if _writes_at_once() else sessions().reading()
    return cast(Session, g.session)


def _session_that_writes() -> Session:
    # The body first: one that comes slowly must not hold the writer's turn. What is wrong with it is said later, by
    # whoever reads the form.
    with suppress(HTTPException):
        request.form.keys()
        request.get_data()
    return sessions().writing()


def _writes_at_once() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method not in SAFE_METHODS and not getattr(view, "opens_write_late", False)


def start_writing() -> Session:
    """End the reading part of this request and begin its write transaction; reload what was read before."""
    if "session" in g:
        g.session.close()
    g.session = sessions().writing()
    return cast(Session, g.session)


def commit_now() -> None:
    """Commit before the end of the request: for refusals that must be counted though the request is refused."""
    current_session().commit()


def init_database(app: Flask, url: str) -> None:
    """Open the engine and commit or roll back at the edge of each request."""
    app.extensions["hackaviz.sessions"] = Sessions(open_engine(url))
    app.after_request(_commit)
    app.teardown_request(_close)


def share_database(app: Flask, other: Flask) -> None:
    """Let another application of this process, which only reads, use the same engine."""
    other.extensions["hackaviz.sessions"] = app.extensions["hackaviz.sessions"]
    other.teardown_request(_close)


def _commit(response: Response) -> Response:
    if "session" in g and request.method not in SAFE_METHODS and not is_refused():
        g.session.commit()
        do_after_commit()
    return response


def after_commit(act: Callable[[], None]) -> None:
    """Do something once the transaction of this request, or of this job, is committed: wake the job process."""
    g.setdefault("after_commit", []).append(act)


def do_after_commit() -> None:
    """Do what was put off until the commit that has just been made."""
    for act in g.pop("after_commit", []):
        act()


def is_refused() -> bool:
    """Whether this request was refused, and so changes nothing."""
    return bool(g.get("refused", False))


def refuse() -> None:
    """Roll back: this request changes nothing."""
    g.refused = True
    if "session" in g:
        g.session.rollback()


def _close(_error: BaseException | None) -> None:
    session = g.pop("session", None)
    if session is not None:
        session.close()
