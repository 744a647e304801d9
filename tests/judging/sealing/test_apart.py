"""Seals know who judges for a sponsor's own prize, and who stands first because a second round looked again."""

import json

import pypdfium2
import pytest
from sqlalchemy import delete

from hackaviz.accounts.models import EditionRole
from judging.panels.models import JurySeat
from judging.panels.rounds.models import Finalist, Round, RoundKind
from judging.scoring.chain import canonical
from judging.sealing.document import sealed
from judging.sealing.minutes import minutes
from judging.sealing.service import is_current, seal
from judging.sealing.verifying import verify
from submissions.entries.queries import handed_in_entries
from tests.factories import make_juror, make_prize, make_review, save
from tests.support.sealed import NOW

pytestmark = [pytest.mark.database("sqlite"), pytest.mark.usefixtures("in_app")]


@pytest.fixture
def entries(session, edition):
    return handed_in_entries(session, edition)


def both_forms(made):
    return [verify(text).problems for text in (made.full, made.public)]


def test_a_sponsors_juror_is_in_the_log_and_counts_for_nothing_else(session, edition, entries):
    before = json.loads(seal(session, edition=edition, actor=None, now=NOW).public)["challenges"]
    juror = make_juror(session, edition)
    prize = make_prize(session, edition, entries[0].challenge, place=9)
    save(session, JurySeat(edition_id=edition.id, juror=juror, prize=prize, challenge_ids=[], themes=[]))
    for entry in entries:
        make_review(session, juror, entry, [4] * len(entry.challenge.criteria))
    made = seal(session, edition=edition, actor=None, now=NOW)
    assert both_forms(made) == [[], []]
    document = json.loads(made.public)
    assert [each["final"] for each in document["challenges"]] == [each["final"] for each in before]
    [apart] = document["apart"]
    assert {review["juror"] for review in document["reviews"]}.isdisjoint({apart})
    assert len([row for row in document["log"] if row["content"]["juror"] == apart]) == len(entries)
    forged = {name: value for name, value in document.items() if name != "sha256"} | {"apart": []}
    assert any("does not count" in problem for problem in verify(canonical(sealed(forged))).problems)


def test_a_juror_who_was_seated_for_a_prize_and_left_is_no_hindrance(session, edition, entries):
    juror = make_juror(session, edition)
    prize = make_prize(session, edition, entries[0].challenge)
    save(session, JurySeat(edition_id=edition.id, juror=juror, prize=prize))
    session.execute(delete(EditionRole).where(EditionRole.person_id == juror.id))
    made = seal(session, edition=edition, actor=None, now=NOW)
    assert both_forms(made) == [[], []]
    assert is_current(session, edition, made, NOW)


def test_finalists_stand_first_in_the_seal_and_leaving_them_out_is_found(session, edition, entries):
    unsealed = json.loads(seal(session, edition=edition, actor=None, now=NOW).public)["challenges"][0]
    last = [row["entry"] for row in unsealed["ranking"] if row["place"]][-1]
    spans = {"opens_at": edition.judging_opens_at, "closes_at": edition.judging_closes_at}
    round_ = save(session, Round(edition=edition, kind=RoundKind.FINALISTS, **spans))
    chosen = next(entry for entry in entries if entry.code == last)
    save(session, Finalist(round=round_, entry=chosen, chosen_at=NOW))
    made = seal(session, edition=edition, actor=None, now=NOW)
    assert both_forms(made) == [[], []]
    challenge = json.loads(made.public)["challenges"][0]
    assert challenge["finalists"] == [last]
    assert challenge["ranking"][0]["entry"] == last
    with pypdfium2.PdfDocument(minutes(session, edition, made, "en")) as document:
        assert f"Finalists: {last} · {chosen.title}" in document[0].get_textpage().get_text_range()
    document = json.loads(made.public)
    document["challenges"][0]["finalists"] = []
    forged = {name: value for name, value in document.items() if name != "sha256"}
    assert any("order" in problem for problem in verify(canonical(sealed(forged))).problems)
