"""Rounds: planned, dropped, with finalists whom further jurors review; an edition without any has one round."""

from datetime import timedelta

import pytest

from challenges.editions.rules import Phase
from hackaviz.kernel.errors import Conflict as Refusal
from hackaviz.kernel.errors import Invalid
from judging.panels import service as panels
from judging.panels.coverage import panel_of
from judging.panels.policy import may_open_work
from judging.panels.proposing import propose
from judging.panels.queries import assignments_of
from judging.panels.rounds import service
from judging.panels.rounds.models import MarksShown, RoundKind
from judging.panels.rounds.queries import finalists_of, rounds_of
from judging.scoring.refusals import JudgingClosed, ReviewFinal
from judging.scoring.service import finish_review, reopen_review, save_review
from tests.factories import (
    assign,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_review,
)

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def in_application(app):
    with app.test_request_context("/"):
        yield


@pytest.fixture
def edition(session, now):
    return make_edition(session, Phase.JUDGING, now)


@pytest.fixture
def challenge(session, edition):
    return make_challenge(session, edition)


@pytest.fixture
def acted(session, now):
    return {"actor": make_person(session), "now": now}


def plan(now, **changes):
    blind = service.RoundSettings(is_blind=True, marks_shown=MarksShown.AT_DELIBERATION)
    seen = service.RoundSettings(is_blind=False, marks_shown=MarksShown.AFTER_OWN)
    dates = {"qualification_closes_at": now + 2 * DAY, "finalists_open_at": now + 3 * DAY}
    return service.RoundsPlan(**dates | {"further_reviews": 2, "qualification": blind, "finalists": seen} | changes)


def save(session, entry, juror, now):
    marks = {criterion.id: 3 for criterion in entry.challenge.criteria}
    texts = {"comment_to_team": "", "comment_private": "", "base_revision": 0, "save_key": "key"}
    return save_review(session, entry=entry, juror=juror, marks=marks, **texts, now=now)


def test_what_was_assigned_belongs_to_the_first_round(session, edition, challenge, acted, now):
    assign(session, make_juror(session, edition), make_handed_in_entry(session, challenge))
    service.plan_rounds(session, edition=edition, plan=plan(now), **acted)
    rounds = rounds_of(session, edition)
    assert list(rounds) == [RoundKind.QUALIFICATION, RoundKind.FINALISTS]
    assert [each.round for each in assignments_of(session, edition)] == [rounds[RoundKind.QUALIFICATION]]
    service.drop_rounds(session, edition=edition, **acted)
    assert rounds_of(session, edition) == {}
    assert [each.round_id for each in assignments_of(session, edition)] == [None]


@pytest.mark.parametrize(
    ("field", "days"),
    [
        ("qualification_closes_at", -9),
        ("qualification_closes_at", 99),
        ("finalists_open_at", 1),
        ("finalists_open_at", 99),
    ],
)
def test_rounds_out_of_order_are_refused_by_the_name_of_the_field(session, edition, acted, field, days):
    now = acted["now"]
    dates = {field: now + days * DAY}
    with pytest.raises(Invalid) as refused:
        service.plan_rounds(session, edition=edition, plan=plan(now, **dates), **acted)
    assert refused.value.field == field


def test_finalists_are_given_to_further_jurors_only(session, edition, challenge, acted, now):
    jurors = [make_juror(session, edition) for _ in range(4)]
    first, second = make_handed_in_entry(session, challenge), make_handed_in_entry(session, challenge)
    for juror in jurors[:2]:
        assign(session, juror, first)
        make_review(session, juror, first, [1, 1])
    service.plan_rounds(session, edition=edition, plan=plan(now), **acted)
    final = rounds_of(session, edition)[RoundKind.FINALISTS]
    service.confirm_finalists(session, round_=final, entries=[first.id, 999_999], **acted)
    assert finalists_of(session, edition) == {first.id}
    proposal = propose(session, edition, 2, final)
    assert sorted(proposal.added) == sorted((juror.id, first.id) for juror in jurors[2:])
    panels.assign_proposal(session, edition=edition, reviews=2, round_=final, **acted)
    assert [entry.id for entry in panel_of(session, edition, final).entries] == [first.id]
    with pytest.raises(Refusal, match=first.code):
        service.confirm_finalists(session, round_=final, entries=[second.id], **acted)
    with pytest.raises(Refusal):
        service.drop_rounds(session, edition=edition, **acted)


def test_each_round_is_written_and_opened_between_its_own_dates(session, edition, challenge, acted, now):
    juror, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
    service.plan_rounds(session, edition=edition, plan=plan(now), **acted)
    final = rounds_of(session, edition)[RoundKind.FINALISTS]
    service.confirm_finalists(session, round_=final, entries=[entry.id], **acted)
    pair = {(juror.id, entry.id)}
    panels.change_assignments(session, edition=edition, added=pair, removed=(), round_=final, **acted)
    upload = entry.current_version.upload
    with pytest.raises(JudgingClosed, match="starts"):
        save(session, entry, juror, now)
    assert not may_open_work(session, juror, upload, now)
    assert may_open_work(session, juror, upload, now + 3 * DAY)
    save(session, entry, juror, now + 3 * DAY)


def test_finalists_are_written_until_the_edition_says_whatever_it_said_before(session, edition, challenge, acted, now):
    juror, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
    service.plan_rounds(session, edition=edition, plan=plan(now), **acted)
    final = rounds_of(session, edition)[RoundKind.FINALISTS]
    service.confirm_finalists(session, round_=final, entries=[entry.id], **acted)
    pair = {(juror.id, entry.id)}
    panels.change_assignments(session, edition=edition, added=pair, removed=(), round_=final, **acted)
    planned = edition.judging_closes_at
    edition.judging_closes_at = planned + DAY
    save(session, entry, juror, planned + DAY)
    with pytest.raises(JudgingClosed, match="ended"):
        save(session, entry, juror, planned + 2 * DAY)


def test_the_qualification_opens_when_the_edition_says_whatever_it_said_before(session, edition, challenge, acted, now):
    juror, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
    assign(session, juror, entry)
    planned = edition.judging_opens_at
    service.plan_rounds(session, edition=edition, plan=plan(now), **acted)
    edition.judging_opens_at = planned - timedelta(hours=1)
    save(session, entry, juror, planned - timedelta(minutes=30))


@pytest.mark.parametrize("back", ["plan", "drop"])
def test_a_round_that_has_shown_marks_does_not_hide_them_again(session, challenge, acted, now, back):
    edition = challenge.edition
    juror, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
    assign(session, juror, entry)
    seen = service.RoundSettings(is_blind=True, marks_shown=MarksShown.AFTER_OWN)
    undo = {
        "plan": lambda: service.plan_rounds(session, edition=edition, plan=plan(now), **acted),
        "drop": lambda: service.drop_rounds(session, edition=edition, **acted),
    }[back]
    service.plan_rounds(session, edition=edition, plan=plan(now, qualification=seen), **acted)
    undo()
    service.plan_rounds(session, edition=edition, plan=plan(now, qualification=seen), **acted)
    save(session, entry, juror, now)
    undo()
    service.plan_rounds(session, edition=edition, plan=plan(now, qualification=seen), **acted)
    finish_review(session, entry=entry, juror=juror, now=now)
    with pytest.raises(Refusal, match="final"):
        undo()
    assert rounds_of(session, edition)[RoundKind.QUALIFICATION].marks_shown is MarksShown.AFTER_OWN
    with pytest.raises(ReviewFinal):
        reopen_review(session, entry=entry, juror=juror, now=now)


def test_the_qualification_ends_for_its_reviews(session, edition, challenge, acted, now):
    juror, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
    assign(session, juror, entry)
    service.plan_rounds(session, edition=edition, plan=plan(now), **acted)
    save(session, entry, juror, now + 2 * DAY)
    with pytest.raises(JudgingClosed, match="ended"):
        finish_review(session, entry=entry, juror=juror, now=now + 2 * DAY + timedelta(seconds=1))


def test_who_has_seen_the_marks_of_the_others_reopens_no_more(session, edition, challenge, acted, now):
    juror, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
    assign(session, juror, entry)
    seen = service.RoundSettings(is_blind=True, marks_shown=MarksShown.AFTER_OWN)
    service.plan_rounds(session, edition=edition, plan=plan(now, qualification=seen), **acted)
    save(session, entry, juror, now)
    finish_review(session, entry=entry, juror=juror, now=now)
    with pytest.raises(ReviewFinal):
        reopen_review(session, entry=entry, juror=juror, now=now)
