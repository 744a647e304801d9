"""Assigning, conflicts, removal: what is begun is kept, what is conflicted is hidden, and the log says so."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Role
from hackaviz.kernel.audit import Action
from hackaviz.kernel.errors import Conflict as Refusal
from hackaviz.kernel.errors import Invalid
from judging.panels import service
from judging.panels.coverage import panel_of
from judging.panels.hints import open_hints
from judging.panels.juror_service import skip_entry, state_expertise, take_back_entry
from judging.panels.models import Assignment, ClearedHint, Conflict
from judging.panels.policy import may_open_work, may_review
from judging.panels.proposing import propose
from judging.panels.queries import assigned_entries
from judging.panels.rules import ConflictKind, Coverage
from judging.scoring.queries import finished_reviews, unfinished_reviews
from tests.factories import (
    assign,
    declare_conflict,
    make_challenge,
    make_edition,
    make_entry,
    make_handed_in_entry,
    make_juror,
    make_person,
    make_review,
    make_team,
)


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
def organiser(session):
    return make_person(session, name="Odile")


def verbs(session):
    session.flush()
    return [action.verb for action in session.scalars(select(Action).order_by(Action.id))]


def pairs(session):
    return {(each.juror, each.entry) for each in session.scalars(select(Assignment))}


def test_assigning_twice_is_assigning_once(session, challenge, organiser, now):
    juror, entry = make_juror(session, challenge.edition), make_handed_in_entry(session, challenge)
    for _ in range(2):
        service.assign(session, entry=entry, juror=juror, actor=organiser, now=now)
    assert pairs(session) == {(juror, entry)}
    assert verbs(session) == ["assignment.add"]


def test_only_jurors_and_handed_in_entries_are_assigned(session, challenge, organiser, now):
    stranger, draft = make_person(session), make_entry(session, make_team(session, challenge.edition), challenge)
    juror, entry = make_juror(session, challenge.edition), make_handed_in_entry(session, challenge)
    service.assign(session, entry=entry, juror=stranger, actor=organiser, now=now)
    service.assign(session, entry=draft, juror=juror, actor=organiser, now=now)
    assert pairs(session) == set()


def test_a_conflict_forbids_an_assignment(session, challenge, organiser, now):
    juror, entry = make_juror(session, challenge.edition), make_handed_in_entry(session, challenge)
    declare_conflict(session, juror, entry)
    with pytest.raises(Refusal, match=entry.code):
        service.assign(session, entry=entry, juror=juror, actor=organiser, now=now)


def test_what_is_begun_is_not_taken_back(session, challenge, organiser, now):
    juror, entry = make_juror(session, challenge.edition), make_handed_in_entry(session, challenge)
    assign(session, juror, entry)
    make_review(session, juror, entry, [1, None], finished=False)
    with pytest.raises(service.ReviewBegun):
        service.unassign(session, entry=entry, juror=juror, actor=organiser, now=now)
    assert pairs(session) == {(juror, entry)}


def test_a_proposal_keeps_what_there_is_and_heeds_conflicts_and_hints(session, edition, challenge, organiser, now):
    jurors = [make_juror(session, edition) for _ in range(3)] + [make_juror(session, edition, email="x@univ-amu.fr")]
    member = make_person(session, email="m@etu.univ-amu.fr")
    hinted = make_handed_in_entry(session, challenge, team=make_team(session, edition, [member]))
    entries = [hinted, *(make_handed_in_entry(session, challenge) for _ in range(3))]
    assign(session, jurors[0], entries[1])
    declare_conflict(session, jurors[1], entries[2])
    service.assign_proposal(session, edition=edition, reviews=2, actor=organiser, now=now)
    found = pairs(session)
    assert len(found) == 8
    assert (jurors[0], entries[1]) in found
    assert not {(jurors[1], entries[2]), (jurors[3], hinted)} & found
    assert sorted(sum(juror is each for juror, _ in found) for each in jurors) == [2, 2, 2, 2]


def test_a_second_proposal_adds_nothing(session, edition, challenge, organiser, now):
    for _ in range(3):
        make_juror(session, edition)
        make_handed_in_entry(session, challenge)
    service.assign_proposal(session, edition=edition, reviews=2, actor=organiser, now=now)
    assert service.assign_proposal(session, edition=edition, reviews=2, actor=organiser, now=now).added == []


def test_a_conflict_hides_the_entry_and_sets_marks_aside_with_a_trace(session, edition, challenge, now):
    juror, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
    assign(session, juror, entry)
    make_review(session, juror, entry, [4, 4])
    assert len(finished_reviews(session, edition)) == 1
    assert may_open_work(session, juror, entry.current_version.upload, now)
    service.declare_conflict(session, entry=entry, juror=juror, reason="My student", actor=juror, now=now)
    assert assigned_entries(session, juror, edition) == []
    assert finished_reviews(session, edition) == []
    assert not may_review(session, juror, entry)
    assert not may_open_work(session, juror, entry.current_version.upload, now)
    panel = panel_of(session, edition)
    assert panel.state(juror, entry) is Coverage.CONFLICT
    assert panel.lacking(1) == [entry]
    assert panel.has_lost_a_juror(entry)
    trace = session.scalars(select(Action).where(Action.verb == "conflict.declare")).one()
    told = {"entry": entry.code, "juror_id": juror.id, "kind": "declared", "marks_set_aside": True}
    assert trace.details == told


def test_a_conflict_needs_a_reason_and_is_declared_once(session, challenge, now):
    juror, entry = make_juror(session, challenge.edition), make_handed_in_entry(session, challenge)
    with pytest.raises(Invalid) as refused:
        service.declare_conflict(session, entry=entry, juror=juror, reason="  ", actor=juror, now=now)
    assert refused.value.field == "reason"
    for _ in range(2):
        service.declare_conflict(session, entry=entry, juror=juror, reason="A friend", actor=juror, now=now)
    assert len(session.scalars(select(Conflict)).all()) == 1


def test_a_work_opens_for_its_juror_when_judging_does(session, edition, challenge, now):
    juror, other, entry = (
        make_juror(session, edition),
        make_juror(session, edition),
        make_handed_in_entry(session, challenge),
    )
    assign(session, juror, entry)
    upload = entry.current_version.upload
    assert not may_open_work(session, juror, upload, edition.judging_opens_at - timedelta(seconds=1))
    assert may_open_work(session, juror, upload, edition.judging_opens_at)
    assert may_open_work(session, juror, upload, edition.judging_closes_at + timedelta(days=1))
    assert not may_open_work(session, other, upload, now)


def test_a_cleared_hint_is_not_shown_again(session, edition, challenge, organiser, now):
    juror = make_juror(session, edition, email="x@port.fr")
    entry = make_handed_in_entry(
        session, challenge, team=make_team(session, edition, [make_person(session, email="m@port.fr")])
    )
    assert [(hint.juror, hint.entry) for hint in open_hints(session, edition)] == [(juror.id, entry.id)]
    for _ in range(2):
        service.clear_hint(session, entry=entry, juror=juror, actor=organiser, now=now)
    assert open_hints(session, edition) == []
    assert len(session.scalars(select(ClearedHint)).all()) == 1


def test_a_juror_who_has_not_begun_is_removed_with_their_assignments(session, edition, challenge, organiser, now):
    juror, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
    assign(session, juror, entry)
    service.remove_juror(session, edition=edition, juror=juror, actor=organiser, now=now)
    assert not juror.has_role(Role.JUROR, edition.id)
    assert pairs(session) == set()


def test_a_juror_who_has_begun_stays(session, edition, challenge, organiser, now):
    juror, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
    assign(session, juror, entry)
    make_review(session, juror, entry, [1, None], finished=False)
    with pytest.raises(service.ReviewBegun):
        service.remove_juror(session, edition=edition, juror=juror, actor=organiser, now=now)
    assert juror.has_role(Role.JUROR, edition.id)


def test_unfinished_reviews_leave_out_conflicts_and_what_is_done(session, edition, challenge):
    jurors = [make_juror(session, edition) for _ in range(3)]
    entry = make_handed_in_entry(session, challenge)
    for juror in jurors:
        assign(session, juror, entry)
    make_review(session, jurors[0], entry, [1, 1])
    declare_conflict(session, jurors[1], entry)
    assert unfinished_reviews(session, edition) == 1


def test_a_proposal_names_who_blocks_and_then_is_refused(session, edition, challenge, organiser, now):
    juror, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
    declare_conflict(session, juror, entry)
    free = make_handed_in_entry(session, challenge)
    blocking = propose(session, edition, 1).blocking
    assert (list(blocking.entries), list(blocking.jurors), blocking.asked, blocking.given) == ([entry.id], [], 1, 0)
    with pytest.raises(Refusal):
        service.assign_proposal(session, edition=edition, reviews=1, actor=organiser, now=now)
    assert free and pairs(session) == set()


def test_limits_panels_themes_and_wishes_are_heeded(session, edition, challenge, organiser, now):
    few, elsewhere, gladly, other = (make_juror(session, edition) for _ in range(4))
    entries = [make_handed_in_entry(session, challenge) for _ in range(4)]
    outside = make_challenge(session, edition)
    acted = {"actor": organiser, "now": now, "is_lead": False}
    service.seat_juror(session, edition=edition, juror=few, most=1, challenge_ids=[], **acted)
    service.seat_juror(session, edition=edition, juror=elsewhere, most=None, challenge_ids=[outside.id], **acted)
    themes = {"edition": edition, "juror": gladly, "themes": [], "now": now}
    state_expertise(session, wishes={entries[0].id: -1, entries[1].id: 1}, **themes)
    service.assign_proposal(session, edition=edition, reviews=2, actor=organiser, now=now)
    everybody_else = {(juror, entry) for juror in (gladly, other) for entry in entries}
    assert pairs(session) == everybody_else - {(gladly, entries[0])} | {(few, entries[0])}


def test_a_no_show_keeps_what_was_begun_and_others_get_the_rest(session, edition, challenge, organiser, now):
    absent, present = make_juror(session, edition), make_juror(session, edition)
    entries = [make_handed_in_entry(session, challenge) for _ in range(3)]
    for entry in entries:
        assign(session, absent, entry)
    make_review(session, absent, entries[0], [1, 1])
    make_review(session, absent, entries[1], [1, None], finished=False)
    assert service.release_juror(session, edition=edition, juror=absent, actor=organiser, now=now) == 1
    assert pairs(session) == {(absent, entries[0]), (absent, entries[1])}
    service.assign_proposal(session, edition=edition, reviews=1, actor=organiser, now=now)
    assert pairs(session) == {(absent, entries[0]), (absent, entries[1]), (present, entries[2])}


def test_a_skipped_entry_is_given_to_somebody_else(session, edition, challenge, organiser, now):
    tired, fresh = make_juror(session, edition), make_juror(session, edition)
    entry = make_handed_in_entry(session, challenge)
    assign(session, tired, entry)
    with pytest.raises(Invalid):
        skip_entry(session, entry=entry, juror=tired, reason=" ", now=now)
    skip_entry(session, entry=entry, juror=tired, reason="No time", now=now)
    assert panel_of(session, edition).state(tired, entry) is Coverage.SKIPPED
    assert unfinished_reviews(session, edition) == 0
    service.assign_proposal(session, edition=edition, reviews=1, actor=organiser, now=now)
    assert (fresh, entry) in pairs(session)
    take_back_entry(session, entry=entry, juror=tired, now=now)
    assert unfinished_reviews(session, edition) == 2


def test_a_past_team_and_a_sponsored_challenge_are_possible_conflicts(session, edition, challenge):
    old = make_juror(session, edition)
    member = make_person(session)
    make_team(session, make_edition(session, Phase.RESULTS), [old, member])
    entry = make_handed_in_entry(session, challenge, team=make_team(session, edition, [member]))
    assert [(hint.juror, hint.entry, hint.kind) for hint in open_hints(session, edition)] == [
        (old.id, entry.id, ConflictKind.PAST_TEAM)
    ]
