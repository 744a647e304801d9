"""A test client that asks the application under its own host name and takes turns with the test's session."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

BASE_URL = "http://127.0.0.1:8000"
CONTENT_URL = "http://localhost:8000"


class SiteClient(FlaskClient):
    """Before a request, what the test has written is committed; after it, what the request wrote can be read.

    Without this a test would hold SQLite's writer lock while the request waits for it.
    """

    host = BASE_URL
    session: Session | None = None

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Ask; a full address or `base_url=` chooses another host."""
        kwargs.setdefault("base_url", self.host)
        # Read to the end, so that files which are served are closed.
        kwargs.setdefault("buffered", True)
        if self.session is not None:
            self.session.commit()
        try:
            return super().open(*args, **kwargs)
        finally:
            if self.session is not None:
                self.session.expire_all()

    def session_transaction(self, *args: Any, **kwargs: Any) -> Any:
        """The session of the same host."""
        kwargs.setdefault("base_url", self.host)
        return super().session_transaction(*args, **kwargs)


def client_for(app: Any, session: Session, *, host: str = BASE_URL) -> SiteClient:
    """A new browser, signed in as nobody."""
    client = SiteClient(app, app.response_class)
    client.host, client.session = host, session
    return client
