"""Why a team cannot win a prize, in words for the team and for organisers."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from challenges.sponsors.eligibility.rules import Conditions, Ground, Member, Obstacle, Tie, unmet

GROUNDS = {
    Ground.REFUSED: _l("the organisers refused the student status"),
    Ground.HORS_CONCOURS: _l("takes part hors concours"),
    Ground.NOT_STUDENT: _l("is not a student"),
    Ground.TOO_OLD: _l("is too old on the day that counts"),
    Ground.AGE_UNKNOWN: _l("has not stated a date of birth"),
    Ground.OTHER_REGION: _l("is from another region"),
    Ground.REGION_UNKNOWN: _l("has not stated a region"),
    Ground.NOT_FIRST_ENTRY: _l("has entered this contest before"),
    Ground.FIRST_ENTRY_UNKNOWN: _l("has not said whether this is a first entry"),
}
# Grounds that are not about a member.
HAS_ANOTHER_PRIZE = "has_another_prize"
TIES = {
    Tie.NONE: _l("Neither"),
    Tie.SPONSOR_STAFF: _l("I work for a sponsor of this edition"),
    Tie.JUROR_RELATIVE: _l("I am related to a juror"),
}


def ground_words(ground: str) -> str:
    """A ground as it is kept with a prize that passed somebody over."""
    if ground == HAS_ANOTHER_PRIZE:
        return _("has another prize, and the rules give one to each entry")
    return _("a member %(ground)s", ground=GROUNDS[Ground(ground)])


def obstacle_words(obstacle: Obstacle, names: Mapping[int, str]) -> str:
    """Who keeps the team from a prize, and why."""
    people = ", ".join(names[person] for person in obstacle.people)
    return _("%(people)s: %(ground)s", people=people, ground=GROUNDS[obstacle.ground])


def unmet_words(conditions: Conditions | None, team: Sequence[Member]) -> list[str]:
    """Which of these conditions a team does not meet, with the members."""
    names = {member.person_id: member.name for member in team}
    return [obstacle_words(each, names) for each in unmet(conditions, team)]
