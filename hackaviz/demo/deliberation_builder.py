"""How a demo edition decides: the method named before the jury, the meeting, and a vote that the jury lost."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.queries import prizes_of
from hackaviz.accounts.models import Person
from hackaviz.demo.calendar import DemoCalendar
from hackaviz.demo.story import EditionContent
from judging.deliberation.chairing import note_attendance, put_on_table
from judging.deliberation.queries import final_ranking_of
from judging.deliberation.rules import DecisionKind
from judging.deliberation.service import Motion, close_meeting, open_meeting, record_vote
from judging.panels.queries import jurors_of
from judging.prizes.service import Given, give_award
from judging.ranking.contest import TieRule
from judging.scoring.method.rules import Method
from judging.scoring.method.service import choose_method
from submissions.entries.models import Entry

REASON = (
    "Une partie du jury voulait récompenser l’audace du sujet plutôt que la clarté. La proposition n’a pas été "
    "adoptée : les notes décident."
)


def name_method(
    session: Session, content: EditionContent, edition: Edition, calendar: DemoCalendar, organiser: Person
) -> None:
    """Decided editions rank by the weighted mean, as their rules say; those at work by the mixed model."""
    chosen = (Method.MEAN, TieRule.SHARED) if content.is_decided else (Method.BLUP, TieRule.CHAIN)
    method, ties = chosen
    choose_method(session, edition=edition, method=method, ties=ties, actor=organiser, now=calendar.prepared)


def deliberate(
    session: Session, edition: Edition, calendar: DemoCalendar, entries: Mapping[str, Entry], organiser: Person
) -> None:
    """The jury meets the evening after its last review, all of it, and votes once where two entries are close.

    One juror has a train to catch: the minutes say when they left.
    """
    evening = calendar.judging_closes + timedelta(hours=2)
    facts: dict[str, Any] = {"edition": edition, "actor": organiser}
    open_meeting(session, **facts, now=evening)
    present = [juror.id for juror in jurors_of(session, edition)]
    note_attendance(session, **facts, present=present, now=evening)
    _vote(session, facts, entries, evening + timedelta(minutes=20))
    note_attendance(session, **facts, present=present[1:], now=evening + timedelta(minutes=45))
    close_meeting(session, **facts, now=evening + timedelta(hours=1))


def give_mentions(
    session: Session,
    content: EditionContent,
    edition: Edition,
    calendar: DemoCalendar,
    *,
    entries: Mapping[str, Entry],
    organiser: Person,
) -> None:
    """What the jury names without money, the day after it met."""
    prizes = {prize.title: prize for prize in prizes_of(session, edition)}
    acts: dict[str, Any] = {"actor": organiser, "now": calendar.judging_closes + timedelta(days=1)}
    for each in content.mentions:
        given = Given(0, each.decision)
        give_award(session, edition=edition, prize=prizes[each.title], entry=entries[each.work], given=given, **acts)


def _vote(session: Session, facts: Mapping[str, Any], entries: Mapping[str, Entry], now: datetime) -> None:
    """In the first challenge that has two entries, on whether the second one should be first."""
    by_number = {entry.id: entry for entry in entries.values()}
    acts: dict[str, Any] = {"actor": facts["actor"], "now": now}
    for challenge in {entry.challenge.id: entry.challenge for entry in by_number.values()}.values():
        rows = final_ranking_of(session, challenge).rows
        if len(rows) > 1:
            entry = by_number[rows[1].row.entry]  # type: ignore[index]
            put_on_table(session, **facts, challenge=challenge, entry=entry, now=now)
            motion = Motion(DecisionKind.PLACE, entry, 1, REASON)
            record_vote(session, challenge=challenge, motion=motion, votes_for=2, votes_against=3, abstained=0, **acts)
            break
