"""Possible conflicts that nobody has settled yet."""

from dataclasses import replace

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from judging.panels import queries
from judging.panels.affiliations import affiliations_of_jurors, affiliations_of_teams, sponsors_of_entries
from judging.panels.mentors.queries import mentors_of_entries
from judging.panels.rules import Hint, Pair, possible_conflicts


def open_hints(session: Session, edition: Edition) -> list[Hint]:
    """What accounts, registrations, teams and pledges suggest, less what was declared or cleared."""
    apart = {seat.juror_id for seat in queries.prize_seats(session, edition)}
    settled = queries.conflicted_pairs(session, edition) | queries.cleared_pairs(session, edition)
    hints = possible_conflicts(
        [
            # For its own prize, a sponsor's juror is meant to be the sponsor's.
            replace(each, sponsors=frozenset()) if each.person in apart else each
            for each in affiliations_of_jurors(session, edition, queries.judges_of(session, edition))
        ],
        affiliations_of_teams(session, edition),
        sponsors_of_entries(session, edition),
        mentors_of_entries(session, edition),
    )
    return [hint for hint in hints if (hint.juror, hint.entry) not in settled]


def recused_pairs(session: Session, edition: Edition) -> set[Pair]:
    """Pairs (juror, entry) that must not meet: declared conflicts, and possible ones until an organiser clears them."""
    unsettled = {(hint.juror, hint.entry) for hint in open_hints(session, edition)}
    return queries.conflicted_pairs(session, edition) | unsettled
