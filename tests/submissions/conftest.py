"""What tests of teams and entries share: services outside a request, and races between threads."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from hackaviz.web.database import sessions


@pytest.fixture
def in_app(app: Flask) -> Iterator[Flask]:
    """Services that write letters need an application."""
    with app.app_context():
        yield app


@pytest.fixture
def race(app: Flask, session: Session) -> Callable[..., list[Any]]:
    """Runs acts side by side, each in a transaction and thread of its own; gives what each returned or raised."""

    def run(*acts: Callable[[Session], Any]) -> list[Any]:
        session.commit()
        together = Barrier(len(acts))

        def one(act: Callable[[Session], Any]) -> Any:
            together.wait(60)
            with app.app_context(), sessions().writing() as own:
                try:
                    answer = act(own)
                    own.commit()
                except Exception as error:  # noqa: BLE001 — what went wrong is the answer
                    own.rollback()
                    return error
                return answer

        with ThreadPoolExecutor(len(acts)) as pool:
            answers = list(pool.map(one, acts))
        session.expire_all()
        return answers

    return run
