"""Possible conflicts that nobody has settled yet."""

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from judging.panels import queries
from judging.panels.rules import Hint, possible_conflicts


def open_hints(session: Session, edition: Edition) -> list[Hint]:
    """What accounts and registrations suggest, less what was declared or cleared."""
    jurors = queries.affiliations_of_jurors(session, queries.jurors_of(session, edition))
    settled = queries.conflicted_pairs(session, edition) | queries.cleared_pairs(session, edition)
    hints = possible_conflicts(jurors, queries.affiliations_of_teams(session, edition))
    return [hint for hint in hints if (hint.juror, hint.entry) not in settled]
