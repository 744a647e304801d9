"""Fixtures for every test of the jury."""

import pytest


@pytest.fixture
def in_app(request, app):
    """Services are called as in a request; tests with a client make requests of their own."""
    if "client" in request.fixturenames:
        yield
        return
    with app.test_request_context():
        yield
