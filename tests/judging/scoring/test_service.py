"""Saving, finishing, reopening: nothing is lost or overwritten unseen, and nothing counts before it is finished."""

from datetime import timedelta
from decimal import Decimal
from threading import Thread

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import Action
from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.kernel.errors import Invalid, NotFound
from judging.panels import service as panels
from judging.scoring.models import Review
from judging.scoring.queries import current_ranking, finished_reviews
from judging.scoring.refusals import JudgingClosed, ReviewFinished, RevisionConflict
from judging.scoring.rules import LONGEST_COMMENT, mark_field
from judging.scoring.service import finish_review, reopen_review, save_review
from submissions.entries.models import Entry
from tests.factories import (
    declare_conflict,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_review,
)
from tests.support.panels import work_to_review
from tests.support.worlds import once

pytestmark = pytest.mark.usefixtures("in_app")


@pytest.fixture
def world(session):
    return once(session, work_to_review)


@pytest.fixture
def save(session, entry, juror, now):
    def save(given=(), **changes):
        criteria = [criterion.id for criterion in entry.challenge.criteria]
        draft = {
            "marks": dict(zip(criteria, given, strict=False)),
            "comment_to_team": "",
            "comment_private": "",
            "base_revision": 0,
            "save_key": "first",
            "now": now,
        }
        return save_review(session, entry=entry, juror=juror, **draft | changes)

    return save


def values(review):
    return [mark.value for mark in sorted(review.marks, key=lambda mark: mark.criterion_id)]


def test_the_first_save_makes_the_review_and_the_next_ones_change_it(session, save, now):
    review = save([3], comment_to_team="Good", comment_private="Hm")
    assert (values(review), review.revision, review.comment_to_team, review.comment_private) == ([3], 1, "Good", "Hm")
    later = now + timedelta(minutes=5)
    again = save([None, 4], base_revision=1, save_key="second", now=later)
    assert again is review
    assert (values(again), again.revision, again.comment_to_team) == ([4], 2, "")
    assert (again.started_at, again.saved_at) == (now, later)
    assert [action.verb for action in session.scalars(select(Action))] == ["review.start"]


def test_a_replayed_save_changes_nothing(session, save):
    save([3], comment_to_team="Good")
    replayed = save([0], comment_to_team="Replayed")
    assert (values(replayed), replayed.revision, replayed.comment_to_team) == ([3], 1, "Good")


def test_a_save_on_an_old_revision_is_refused_with_the_current_text(session, save):
    save([3], comment_to_team="Saved first")
    with pytest.raises(RevisionConflict) as refused:
        save([1], comment_to_team="Typed elsewhere", save_key="other")
    assert refused.value.review.comment_to_team == "Saved first"
    assert session.scalars(select(Review)).one().revision == 1


@pytest.mark.parametrize("mark", [-1, 5, 10**20])
def test_a_mark_outside_the_rubric_is_refused_by_the_name_of_its_field(session, entry, save, mark):
    with pytest.raises(Invalid) as refused:
        save([1, mark])
    assert refused.value.field == mark_field(entry.challenge.criteria[1].id)
    assert session.scalars(select(Review)).all() == []


def test_a_criterion_of_another_challenge_is_refused(session, entry, save):
    other = make_challenge(session, entry.edition)
    with pytest.raises(Invalid):
        save(marks={other.criteria[0].id: 1})


def test_a_comment_is_stored_as_every_database_can(save):
    review = save(comment_to_team="a\r\nb\x00c\ud800")
    assert review.comment_to_team == "a\nbc"


def test_a_comment_too_long_names_its_field(save):
    with pytest.raises(Invalid) as refused:
        save(comment_private="x" * (LONGEST_COMMENT + 1))
    assert refused.value.field == "comment_private"


def test_reviews_are_written_between_the_dates_only_the_closing_instant_included(entry, save):
    with pytest.raises(JudgingClosed, match="starts"):
        save([1], now=entry.edition.judging_opens_at - timedelta(seconds=1))
    save([1], now=entry.edition.judging_closes_at)
    with pytest.raises(JudgingClosed, match="ended"):
        save([2], now=entry.edition.judging_closes_at + timedelta(seconds=1), base_revision=1, save_key="late")


def test_others_cannot_write(session, entry, juror, save, now):
    stranger = make_juror(session, entry.edition)
    with pytest.raises(NotFound):
        save_review(
            session,
            entry=entry,
            juror=stranger,
            marks={},
            comment_to_team="",
            comment_private="",
            base_revision=0,
            save_key="x",
            now=now,
        )
    declare_conflict(session, juror, entry)
    with pytest.raises(NotFound):
        save([1])


def test_finishing_needs_every_mark_and_is_done_once(session, entry, juror, save, now):
    save([3])
    with pytest.raises(Invalid) as refused:
        finish_review(session, entry=entry, juror=juror, now=now)
    assert refused.value.field == mark_field(entry.challenge.criteria[1].id)
    save([3, 0], base_revision=1, save_key="whole")
    for _ in range(2):
        assert finish_review(session, entry=entry, juror=juror, now=now).finished_at == now
    assert [row.marks for row in finished_reviews(session, entry.edition)] == [
        dict(zip([criterion.id for criterion in entry.challenge.criteria], [3, 0], strict=True))
    ]


def test_a_finished_review_changes_only_once_reopened_and_then_does_not_count(session, entry, juror, save, now):
    save([3, 0])
    finish_review(session, entry=entry, juror=juror, now=now)
    with pytest.raises(ReviewFinished):
        save([1, 1], base_revision=1, save_key="more")
    reopen_review(session, entry=entry, juror=juror, now=now)
    assert finished_reviews(session, entry.edition) == []
    save([1, 1], base_revision=1, save_key="more")
    with pytest.raises(JudgingClosed):
        finish_review(session, entry=entry, juror=juror, now=entry.edition.judging_closes_at + timedelta(seconds=1))


def test_the_ranking_is_the_one_made_by_hand(session, now):
    edition = make_edition(session, Phase.JUDGING, now, reviews_needed=2)
    challenge = make_challenge(session, edition)
    jurors = [make_juror(session, edition) for _ in range(3)]
    first, second, third = (make_handed_in_entry(session, challenge) for _ in range(3))
    make_review(session, jurors[0], first, [1, 4])  # (1×1 + 2×4) / 3 = 3
    make_review(session, jurors[1], first, [2, 2])  # 2
    make_review(session, jurors[0], second, [4, 4])  # 4
    make_review(session, jurors[1], second, [3, 3])  # 3
    make_review(session, jurors[2], second, [0, 0], finished=False)
    make_review(session, jurors[0], third, [4, 4])
    make_review(session, jurors[1], third, [4, 4])
    declare_conflict(session, jurors[1], third)
    assert [(row.entry, row.score, row.place, row.reviews) for row in current_ranking(session, challenge)] == [
        (second.id, Decimal("3.5000"), 1, 2),
        (first.id, Decimal("2.5000"), 2, 2),
        (third.id, None, None, 1),
    ]


def test_two_windows_that_save_at_once_make_one_review_and_one_refusal(app, session, entry, juror, now):
    session.commit()
    outcomes, database_url = [], app.extensions["hackaviz.settings"].database_url

    def save_in_a_window(key):
        engine = open_engine(database_url)
        with app.test_request_context("/"), session_factory(engine)() as own:
            draft = {"marks": {}, "comment_to_team": key, "comment_private": "", "base_revision": 0}
            who = {"entry": own.get_one(Entry, entry.id), "juror": own.get_one(Person, juror.id)}
            try:
                save_review(own, **who, **draft, save_key=key, now=now)
                own.commit()
                outcomes.append("saved")
            except RevisionConflict:
                outcomes.append("refused")
        engine.dispose()

    windows = [Thread(target=save_in_a_window, args=(key,)) for key in ("one", "two")]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(outcomes) == ["refused", "saved"]
    assert session.scalars(select(Review)).one().revision == 1


def test_an_entry_that_is_begun_in_the_same_instant_is_not_taken_away(session, entry, juror, save, now):
    save([1])
    with pytest.raises(panels.ReviewBegun):
        panels.unassign(session, entry=entry, juror=juror, actor=juror, now=now)
