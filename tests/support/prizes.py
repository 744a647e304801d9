"""Works that are judged and prizes for them: what most tests of money for winners begin with."""

from datetime import UTC, datetime

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.rules import Phase
from judging.prizes.models import Award
from judging.prizes.service import award_by_ranking
from tests.factories import make_challenge, make_edition, make_handed_in_entry, make_juror, make_prize, make_review

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def judged(session: Session, *, marks: tuple[int, ...] = (3,), prizes: tuple[int, ...] = (50_000,)) -> Edition:
    """One challenge: an entry for each mark, titled “Work 1” and so on, and a prize of these cents for each place."""
    edition = make_edition(session, Phase.DELIBERATION, reviews_needed=1)
    challenge = make_challenge(session, edition, criteria=1)
    for number, mark in enumerate(marks, 1):
        entry = make_handed_in_entry(session, challenge, title=f"Work {number}")
        make_review(session, make_juror(session, edition), entry, [mark])
    for place, cents in enumerate(prizes, 1):
        make_prize(session, edition, challenge, cents, place=place)
    return edition


def awarded(session: Session, edition: Edition) -> Award:
    """The only award of an edition by its ranking."""
    [award] = award_by_ranking(session, edition=edition, actor=None, now=NOW)
    return award
