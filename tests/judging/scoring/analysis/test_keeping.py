"""Figures of a challenge are computed once, and never shown for other marks than their own."""

import pytest
from sqlalchemy import select

from challenges.editions.rules import Phase
from judging.ranking.contest import TieRule
from judging.scoring.analysis.keeping import digest_of, keep, with_kept
from judging.scoring.analysis.models import KeptFigures
from judging.scoring.analysis.reading import read_challenge
from judging.scoring.method.rules import Method
from judging.scoring.method.service import choose_method
from judging.scoring.models import Mark
from tests.factories import (
    assign,
    declare_conflict,
    make_challenge,
    make_edition,
    make_handed_in_entry,
    make_juror,
    make_review,
)

pytestmark = pytest.mark.database("sqlite")
MARKS = ((4, 3), (2, 2), (3, 1), (1, 2))


@pytest.fixture
def judged(app, session):
    edition = make_edition(session, Phase.JUDGING, reviews_needed=1)
    challenge = make_challenge(session, edition)
    entries = [make_handed_in_entry(session, challenge) for _ in MARKS]
    jurors = [make_juror(session, edition) for _ in range(3)]
    for number, juror in enumerate(jurors):
        for entry, marks in zip(entries, MARKS, strict=True):
            assign(session, juror, entry)
            make_review(session, juror, entry, [max(0, mark - number % 2) for mark in marks])
    return challenge, entries, jurors


def reading_of(session, challenge):
    session.expire_all()
    return read_challenge(session, challenge.edition, challenge)


def test_kept_figures_are_those_that_were_computed(session, judged):
    challenge, _entries, _jurors = judged
    reading = reading_of(session, challenge)
    keep(session, reading, subject="a", now=challenge.edition.judging_opens_at)
    session.commit()
    again = with_kept(session, reading_of(session, challenge), subject="a")
    assert again.kept == reading.analysis and again.figures == reading.figures
    assert with_kept(session, reading, subject="b").kept is None


def other_mark(session, challenge, _entries, _jurors):
    session.scalars(select(Mark)).first().value += 1


def conflict(session, _challenge, entries, jurors):
    declare_conflict(session, jurors[0], entries[0])


def other_weight(_session, challenge, _entries, _jurors):
    challenge.criteria[0].weight += 1


def other_method(session, challenge, _entries, _jurors):
    facts = {"method": Method.BLUP, "ties": TieRule.CHAIN, "reason": "A test", "actor": None}
    choose_method(session, edition=challenge.edition, now=challenge.edition.judging_opens_at, **facts)


@pytest.mark.parametrize("change", [other_mark, conflict, other_weight, other_method])
def test_no_kept_figure_outlives_what_it_follows_from(app, session, judged, change):
    challenge, entries, jurors = judged
    before = reading_of(session, challenge)
    keep(session, before, subject="a", now=challenge.edition.judging_opens_at)
    session.commit()
    with app.app_context():
        change(session, challenge, entries, jurors)
    session.commit()
    after = reading_of(session, challenge)
    assert with_kept(session, after, subject="a").kept is None and digest_of(after) != digest_of(before)
    keep(session, after, subject="a", now=challenge.edition.judging_opens_at)
    session.commit()
    assert with_kept(session, reading_of(session, challenge), subject="a").kept == after.analysis
    assert len(session.scalars(select(KeptFigures)).all()) == 1
