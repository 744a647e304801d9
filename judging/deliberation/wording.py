"""What a jury may decide, in words."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from judging.deliberation.models import Decision
from judging.deliberation.rules import DecisionKind

KIND_NAMES = {
    DecisionKind.PLACE: _l("give an entry another place"),
    DecisionKind.HORS_CONCOURS: _l("set an entry outside the competition"),
    DecisionKind.DISQUALIFY: _l("disqualify an entry"),
    DecisionKind.RESTORE: _l("put an entry back where its marks place it"),
    DecisionKind.NO_WINNER: _l("leave the challenge without a winner"),
    DecisionKind.WINNER: _l("let the challenge have a winner again"),
}
APART_NAMES = {
    DecisionKind.HORS_CONCOURS: _l("outside the competition"),
    DecisionKind.DISQUALIFY: _l("disqualified"),
}


def decision_in_words(decision: Decision) -> str:
    """One vote as a sentence."""
    words = {
        "entry": decision.entry.code if decision.entry else "",
        "place": decision.place,
        "number": decision.challenge.number,
    }
    if decision.kind is DecisionKind.PLACE:
        return _("%(entry)s takes place %(place)s in challenge %(number)s", **words)
    if decision.kind is DecisionKind.HORS_CONCOURS:
        return _("%(entry)s is outside the competition", **words)
    if decision.kind is DecisionKind.DISQUALIFY:
        return _("%(entry)s is disqualified", **words)
    if decision.kind is DecisionKind.RESTORE:
        return _("%(entry)s goes back where its marks place it", **words)
    if decision.kind is DecisionKind.NO_WINNER:
        return _("Challenge %(number)s has no winner", **words)
    return _("Challenge %(number)s has a winner again", **words)


def hands_in_words(for_it: int, against: int, abstained: int) -> str:
    """How a vote was counted."""
    counted = {"votes_for": for_it, "votes_against": against}
    return ngettext(
        "%(votes_for)s for, %(votes_against)s against, %(num)s abstained",
        "%(votes_for)s for, %(votes_against)s against, %(num)s abstained",
        abstained,
        **counted,
    )
