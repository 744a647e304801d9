"""What a screen of the meeting shows to one person: what is on the table, and nothing of what is not for them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from judging.deliberation.models import Decision, Meeting
from judging.deliberation.policy import times_settled
from judging.deliberation.queries import decisions_of, meeting_of
from judging.deliberation.reading import Discussed, Order, discussed
from judging.panels.hints import recused_pairs
from submissions.entries.models import Entry
from submissions.entries.queries import handed_in_entries


@dataclass(frozen=True)
class Screen:
    """`turn` names the state of the meeting for this reader: the screen is drawn anew when it differs.

    Of an entry on the table, `entry` is None for a reader who is recused. `votes` are those on what is on the table.
    """

    turn: str
    is_open: bool
    challenge: Challenge | None = None
    entry: Discussed | None = None
    is_recused: bool = False
    votes: Sequence[Decision] = ()


def turn_of(session: Session, meeting: Meeting | None, reader: Person | None) -> str:
    """The state of a meeting for a juror, or for everybody where it is None."""
    if meeting is None:
        return "0"
    settled = times_settled(session, reader, meeting.entry) if reader is not None and meeting.entry is not None else 0
    return f"{meeting.turn}.{settled}"


def screen_of(session: Session, edition: Edition, reader: Person | None) -> Screen:
    """The screen of a juror; of the projector where it is None."""
    meeting = meeting_of(session, edition)
    turn = turn_of(session, meeting, reader)
    if meeting is None or not meeting.is_open or meeting.challenge is None:
        return Screen(turn, is_open=meeting is not None and meeting.is_open)
    votes = [each for each in decisions_of(session, edition) if _is_about(each, meeting)]
    if meeting.entry is None:
        return Screen(turn, is_open=True, challenge=meeting.challenge, votes=votes)
    listed = discussed(session, meeting.challenge, Order.RANKING, reader)
    entry = next((each for each in listed if each.entry.id == meeting.entry_id), None)
    if entry is None:
        return Screen(turn, is_open=True, is_recused=True)
    return Screen(turn, is_open=True, challenge=meeting.challenge, entry=entry, votes=votes)


def may_discuss(session: Session, edition: Edition, juror: Person) -> Mapping[int, Sequence[Entry]]:
    """The entries that a juror has no conflict with, settled or not, by the number of the challenge's row."""
    recused, by_challenge = recused_pairs(session, edition), defaultdict[int, list[Entry]](list)
    for entry in handed_in_entries(session, edition):
        if (juror.id, entry.id) not in recused:
            by_challenge[entry.challenge_id].append(entry)
    return by_challenge


def _is_about(decision: Decision, meeting: Meeting) -> bool:
    return (decision.challenge_id, decision.entry_id) == (meeting.challenge_id, meeting.entry_id)
