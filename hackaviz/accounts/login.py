"""Flask-Login: who is signed in, by account and session stamp."""

import hmac

from flask import Flask
from flask_login import LoginManager
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from hackaviz.accounts.models import Person
from hackaviz.web.access import declare_audience
from hackaviz.web.database import current_session


def init_login(app: Flask) -> None:
    """Load people from the session cookie, and declare the audiences that need no edition."""
    manager = LoginManager(app)
    manager.session_protection = None
    manager.user_loader(load_person)
    declare_audience(app, "signed-in", lambda _person, _address: True)
    declare_audience(app, "verified", lambda person, _address: person.email_verified_at is not None)
    declare_audience(app, "administrator", lambda person, _address: person.is_administrator)
    # The demo shows every letter to everybody: nobody's address is real there.
    letters = None if app.config["DEMO"] else (lambda person, _address: person.is_administrator)
    declare_audience(app, "letters", letters)
    declare_audience(app, "steward", lambda person, _address: person.is_steward or person.is_administrator)


def load_person(cookie: str) -> Person | None:
    """The person of a session cookie; None when the account is gone or the session was ended elsewhere."""
    public_id, _, stamp = cookie.partition(".")
    query = select(Person).where(Person.public_id == public_id).options(selectinload(Person.roles))
    person = current_session().scalar(query)
    if person is None or not hmac.compare_digest(person.session_stamp, stamp):
        return None
    return person
