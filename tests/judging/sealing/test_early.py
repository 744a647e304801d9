"""Seals of the same schema that were published before methods, meetings and sponsors' jurors were named in them."""

import pytest

from judging.sealing.minutes import minutes
from judging.sealing.models import Seal
from judging.sealing.verifying import verify
from tests.support.sealed import tampered

pytestmark = pytest.mark.database("sqlite")


def leave_out_who_was_present(document):
    for decision in document["challenges"][0]["decisions"]:
        del decision["present"]


def make_early(document):
    for name in ("methods", "meeting", "apart"):
        del document[name]
    del document["challenges"][0]["finalists"]
    leave_out_who_was_present(document)


def invent_a_vote(document):
    make_early(document)
    document["challenges"][0]["decisions"][0]["for"] = 9


def invent_who_was_present(document):
    make_early(document)
    document["challenges"][0]["decisions"][0]["present"] = 4


def leave_out_methods(document):
    del document["methods"]


def leave_out_the_meeting(document):
    del document["meeting"]


def test_an_early_seal_is_valid_still(made):
    for text in (made.full, made.public):
        assert verify(tampered(text, make_early, resealed=True)).problems == []


@pytest.mark.parametrize(
    "change",
    [invent_a_vote, invent_who_was_present, leave_out_methods, leave_out_the_meeting, leave_out_who_was_present],
)
def test_no_seal_passes_for_an_early_one_by_leaving_something_out(made, change):
    assert not verify(tampered(made.public, change, resealed=True)).valid


def test_an_early_seal_has_minutes_still(session, edition, made):
    given = {"number": 1, "sealed_at": made.sealed_at, "full_sha256": "0" * 64, "public_sha256": "0" * 64}
    early = Seal(**given, full=tampered(made.full, make_early, resealed=True))
    assert minutes(session, edition, early, "en").startswith(b"%PDF")
