"""What the files here name alike of the `world` that each of them begins with."""

import pytest


@pytest.fixture
def edition(world):
    return world["edition"]


@pytest.fixture
def award(world):
    return world["award"]
