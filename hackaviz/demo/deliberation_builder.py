"""How a demo edition decides: the method named before the jury, the meeting, and a vote that the jury lost."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.demo.calendar import DemoCalendar
from hackaviz.demo.story import EditionContent
from judging.deliberation.queries import final_ranking_of
from judging.deliberation.rules import DecisionKind
from judging.deliberation.service import Motion, close_meeting, open_meeting, record_vote
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
    """Finished editions rank by the weighted mean, as their rules say; the one at work by the mixed model."""
    chosen = (Method.MEAN, TieRule.SHARED) if content.state == "finished" else (Method.BLUP, TieRule.CHAIN)
    method, ties = chosen
    choose_method(session, edition=edition, method=method, ties=ties, actor=organiser, now=calendar.prepared)


def deliberate(
    session: Session, edition: Edition, calendar: DemoCalendar, entries: Mapping[str, Entry], organiser: Person
) -> None:
    """The jury meets the evening after its last review, and votes once where two entries are close."""
    evening = calendar.judging_closes + timedelta(hours=2)
    acts: dict[str, Any] = {"actor": organiser, "now": evening}
    open_meeting(session, edition=edition, actor=organiser, now=evening)
    by_number = {entry.id: entry for entry in entries.values()}
    for challenge in {entry.challenge.id: entry.challenge for entry in by_number.values()}.values():
        rows = final_ranking_of(session, challenge).rows
        if len(rows) > 1:
            motion = Motion(DecisionKind.PLACE, by_number[rows[1].row.entry], 1, REASON)  # type: ignore[index]
            record_vote(session, challenge=challenge, motion=motion, votes_for=2, votes_against=3, abstained=0, **acts)
            break
    close_meeting(session, edition=edition, actor=organiser, now=evening + timedelta(hours=1))
