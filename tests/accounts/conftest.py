"""What tests of accounts share: a person with a known password, made once, because each hash takes its time."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person
from hackaviz.accounts.passwords import hash_password
from hackaviz.kernel.mail import OutgoingMail
from tests.factories import make_person

PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def password_hash() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def ada(session: Session, password_hash: str) -> Person:
    """Somebody with an account, a verified address and a password."""
    return make_person(session, name="Ada Lovelace", email="ada@example.org", password_hash=password_hash)


@pytest.fixture
def letters(session: Session) -> Callable[[], list[OutgoingMail]]:
    """What has been written so far, the oldest first."""
    return lambda: list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


@pytest.fixture
def link_of(letters: Callable[[], list[OutgoingMail]]) -> Callable[[], str]:
    """The path of the link in the newest letter."""

    def find() -> str:
        line = next(line for line in letters()[-1].body.splitlines() if line.startswith("http"))
        assert line.startswith("http://127.0.0.1:8000/")
        return line.removeprefix("http://127.0.0.1:8000")

    return find
