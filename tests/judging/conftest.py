"""Fixtures for every test of the jury. A file that begins with a `world` has its parts by these names."""

import pytest


@pytest.fixture
def in_app(request, app):
    """Services are called as in a request; tests with a client make requests of their own."""
    if "client" in request.fixturenames:
        yield
        return
    with app.test_request_context():
        yield


@pytest.fixture
def edition(world):
    return world["edition"]


@pytest.fixture
def challenge(world):
    return world["challenge"]


@pytest.fixture
def entry(world):
    return world["entry"]


@pytest.fixture
def entries(world):
    return world["entries"]


@pytest.fixture
def juror(world):
    return world["juror"]


@pytest.fixture
def jurors(world):
    return world["jurors"]


@pytest.fixture
def award(world):
    return world["award"]
