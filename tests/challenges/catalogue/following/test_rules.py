"""What followers are told, as a pure comparison."""

from dataclasses import replace

import pytest

from challenges.catalogue.following.rules import Change, ChangeKind, Known, changes_between

BEFORE = Known("lov2", "reachable", files={"ports.csv": "a" * 64, "https://port.example/x.csv": ""})


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({}, []),
        ({"is_listed": False}, [Change(ChangeKind.VANISHED)]),
        ({"availability": "described"}, [Change(ChangeKind.LINK_DEAD)]),
        ({"licence": "odbl"}, [Change(ChangeKind.LICENCE)]),
        ({"modified_on": "2026-03-01"}, [Change(ChangeKind.DATA_CHANGED)]),
        ({"files": {**BEFORE.files, "new.csv": ""}}, [Change(ChangeKind.NEW_FILE, ("new.csv",))]),
        ({"files": {**BEFORE.files, "ports.csv": "b" * 64}}, [Change(ChangeKind.FILE_CHANGED, ("ports.csv",))]),
        ({"files": {"ports.csv": "a" * 64}}, [Change(ChangeKind.FILE_GONE, ("https://port.example/x.csv",))]),
        # A digest that is learnt is no change of the data.
        ({"files": {**BEFORE.files, "https://port.example/x.csv": "c" * 64}}, []),
        # A file that changed says more than the date on which something did.
        (
            {"files": {**BEFORE.files, "ports.csv": "b" * 64}, "modified_on": "2026-03-01"},
            [Change(ChangeKind.FILE_CHANGED, ("ports.csv",))],
        ),
        ({"availability": "here", "files": {**BEFORE.files, "n": ""}}, [Change(ChangeKind.NEW_FILE, ("n",))]),
    ],
)
def test_each_change_is_told_once_by_its_name(changed, told):
    assert changes_between(BEFORE, replace(BEFORE, **changed)) == told


def test_what_comes_back_is_told_too():
    gone = replace(BEFORE, is_listed=False, availability="described")
    assert [each.kind for each in changes_between(gone, BEFORE)] == [ChangeKind.LISTED_AGAIN, ChangeKind.LINK_ANSWERS]


def test_what_is_stored_is_read_again_as_it_was():
    assert Known(**BEFORE.as_dict()) == BEFORE
