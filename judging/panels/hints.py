"""Possible conflicts that nobody has settled yet."""

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from judging.panels import queries
from judging.panels.affiliations import affiliations_of_jurors, affiliations_of_teams, sponsors_of_entries
from judging.panels.rules import Hint, Pair, possible_conflicts


def open_hints(session: Session, edition: Edition) -> list[Hint]:
    """What accounts, registrations, teams and pledges suggest, less what was declared or cleared."""
    jurors = affiliations_of_jurors(session, edition, queries.jurors_of(session, edition))
    settled = queries.conflicted_pairs(session, edition) | queries.cleared_pairs(session, edition)
    hints = possible_conflicts(jurors, affiliations_of_teams(session, edition), sponsors_of_entries(session, edition))
    return [hint for hint in hints if (hint.juror, hint.entry) not in settled]


def recused_pairs(session: Session, edition: Edition) -> set[Pair]:
    """Pairs (juror, entry) that must not meet: declared conflicts, and possible ones until an organiser clears them."""
    unsettled = {(hint.juror, hint.entry) for hint in open_hints(session, edition)}
    return queries.conflicted_pairs(session, edition) | unsettled
