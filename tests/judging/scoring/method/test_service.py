"""Which method ranks: named before the jury begins, amended afterwards with a reason, by challenge or for all."""

from datetime import UTC, datetime, timedelta

import pytest

from challenges.editions.rules import Phase
from hackaviz.kernel.errors import Invalid
from judging.panels.service import assign_proposal
from judging.ranking.contest import TieRule
from judging.ranking.methods import METHODS
from judging.scoring.method.queries import choices_of, terms_for
from judging.scoring.method.rules import Method, suits_mixed_model
from judging.scoring.method.service import choose_method, name_default
from judging.scoring.queries import current_ranking, rankings_of
from tests.factories import make_challenge, make_edition, make_handed_in_entry, make_juror, make_review

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.database("sqlite")


@pytest.fixture(autouse=True)
def in_app(app):
    with app.app_context():
        yield


@pytest.fixture
def edition(session):
    return make_edition(session, Phase.SUBMISSION, now=NOW, reviews_needed=1)


@pytest.fixture
def choose(session, edition):
    def name(method, ties=TieRule.SHARED, *, now=NOW, **facts):
        return choose_method(session, edition=edition, method=method, ties=ties, actor=None, now=now, **facts)

    return name


def test_every_method_that_ranks_can_be_named():
    assert {method.value for method in Method} == set(METHODS)


def test_the_mean_with_shared_places_ranks_where_nobody_named_a_method(session, edition):
    terms = terms_for(edition, choices_of(session, edition), None)
    assert (terms.method, terms.ties, terms.reviews_needed) == ("mean", TieRule.SHARED, 1)


def test_an_amendment_needs_a_reason_and_a_choice_before_the_jury_does_not(session, edition, choose):
    assert not choose(Method.MEAN).is_amendment
    later = edition.judging_opens_at
    with pytest.raises(Invalid) as refusal:
        choose(Method.BLUP, now=later)
    assert refusal.value.field == "reason"
    amended = choose(Method.BLUP, now=later, reason="The jury could not see every entry.")
    assert amended.is_amendment and amended.reason


def test_naming_what_holds_already_changes_nothing(session, edition, choose):
    choose(Method.BLUP)
    choose(Method.BLUP, now=NOW + timedelta(hours=1))
    assert len(choices_of(session, edition)) == 1


def test_the_last_choice_that_concerns_a_challenge_holds(session, edition, choose):
    one, other = make_challenge(session, edition), make_challenge(session, edition)
    choose(Method.BLUP)
    choose(Method.BORDA, challenge=one)
    choices = choices_of(session, edition)
    assert [terms_for(edition, choices, each).method for each in (one.id, other.id, None)] == ["borda", "blup", "blup"]


def test_the_ranking_follows_the_method_that_was_named(session, edition, choose):
    """A lenient juror lifted one entry; the model takes that out, and the mean does not."""
    challenge = make_challenge(session, edition, criteria=1)
    lifted, met_both, fair = (make_handed_in_entry(session, challenge) for _ in range(3))
    lenient, harsh, third = (make_juror(session, edition) for _ in range(3))
    for juror, marks in {lenient: (4, 4, None), harsh: (None, 1, 2), third: (None, 3, 3)}.items():
        for entry, mark in zip((lifted, met_both, fair), marks, strict=True):
            if mark is not None:
                make_review(session, juror, entry, [mark])
    assert current_ranking(session, challenge)[0].entry == lifted.id
    choose(Method.ADDITIVE)
    assert current_ranking(session, challenge)[0].entry == fair.id
    assert rankings_of(session, edition)[challenge.id] == current_ranking(session, challenge)


def test_the_engine_names_the_mixed_model_only_with_people_and_reviews_enough(session, edition):
    challenge = make_challenge(session, edition, criteria=1)
    for _ in range(9):
        make_handed_in_entry(session, challenge)
    for _ in range(5):
        make_juror(session, edition)
    name_default(session, edition, 3, None, NOW)
    assert choices_of(session, edition) == []
    make_juror(session, edition)
    name_default(session, edition, 3, None, NOW)
    assert [(each.method, each.ties) for each in choices_of(session, edition)] == [(Method.BLUP, TieRule.CHAIN)]


def test_an_assignment_by_the_solver_names_the_method(app, session, edition):
    challenge = make_challenge(session, edition, criteria=1)
    for _ in range(9):
        make_handed_in_entry(session, challenge)
    for _ in range(6):
        make_juror(session, edition)
    with app.app_context():
        assign_proposal(session, edition=edition, reviews=3, actor=None, now=NOW)
    assert terms_for(edition, choices_of(session, edition), challenge.id).method == "blup"


def test_what_an_organiser_named_is_never_replaced_by_a_default(session, edition, choose):
    choose(Method.MEAN)
    name_default(session, edition, 4, None, NOW)
    assert [each.method for each in choices_of(session, edition)] == [Method.MEAN]


@pytest.mark.parametrize(
    ("jurors", "sizes", "reviews", "suits"),
    [(6, [9], 3, True), (5, [9], 3, False), (6, [9], 2, False), (6, [9, 2], 3, False), (6, [], 3, False)],
)
def test_a_plan_suits_the_mixed_model_when_reviews_outnumber_unknowns(jurors, sizes, reviews, suits):
    assert suits_mixed_model(jurors, sizes, reviews) is suits
