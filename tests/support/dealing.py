"""Which worker of a run begins with which tests."""

import os
from itertools import islice

import pytest

SHARE_NOTHING = {"test_contest.py", "test_permissions.py", "test_types_and_layers.py"}


def dealt(items: list[pytest.Item]) -> list[pytest.Item]:
    """The tests with the long ones dealt out: xdist gives each worker one stretch, which begins with its share of them.

    A worker that still walks a journey alone at the end makes the whole run longer. The tests of a file stay together,
    because they share what the file sets up; those of the contest, of every permission and of types share nothing.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long: dict[str, list[pytest.Item]] = {}
    short = list[pytest.Item]()
    for item in items:
        if item.path.name in SHARE_NOTHING:
            long.setdefault(item.nodeid, []).append(item)
        elif "journeys" in item.path.parts:
            long.setdefault(item.path.name, []).append(item)
        else:
            short.append(item)
    groups = list(long.values())
    hands = [[item for group in groups[worker::workers] for item in group] for worker in range(workers)]
    return _stretches(hands, short)


def _stretches(hands: list[list[pytest.Item]], short: list[pytest.Item]) -> list[pytest.Item]:
    # Stretches are as long as each other: one with more journeys has fewer of the short tests.
    each = -(-(sum(map(len, hands)) + len(short)) // len(hands))
    stretches, rest = list[pytest.Item](), iter(short)
    for hand in hands:
        stretches += [*hand, *islice(rest, max(0, each - len(hand)))]
    return [*stretches, *rest]
