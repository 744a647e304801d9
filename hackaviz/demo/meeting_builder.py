"""A demo jury that meets while somebody visits: finalists read by further jurors, marks sealed, two votes held."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.demo.calendar import DemoCalendar
from hackaviz.demo.jury_builder import write_reviews
from hackaviz.demo.story import EditionContent
from judging.deliberation.chairing import note_attendance, put_on_table
from judging.deliberation.rules import DecisionKind
from judging.deliberation.service import Motion, open_meeting, record_vote
from judging.panels.rounds.models import MarksShown, RoundKind
from judging.panels.rounds.queries import rounds_of
from judging.panels.rounds.service import RoundSettings, RoundsPlan, confirm_finalists, plan_rounds
from judging.panels.service import change_assignments
from judging.sealing.service import seal
from submissions.entries.models import Entry

FINAL, FURTHER_REVIEWS = timedelta(days=9), 2
SETTINGS = RoundSettings(is_blind=True, marks_shown=MarksShown.AT_DELIBERATION)
SET_APART, MOVED, DISCUSSED = "voisins-de-quai", "six-ports-sur-dix", "si-suez-ferme"
APART_REASON = (
    "Un membre de l’équipe est entré au service de l’entreprise qui dote l’édition (règlement, article 2)\u00a0: "
    "l’œuvre est montrée hors concours."
)
MOVED_REASON = (
    "Pour la deuxième place, le jury préfère l’image qui répond au défi en dix secondes à celle qui séduit sans rien "
    "mesurer. Le juge en conflit d’intérêts était sorti."
)


def judge_finalists(
    session: Session,
    content: EditionContent,
    edition: Edition,
    calendar: DemoCalendar,
    *,
    jurors: Mapping[str, Person],
    entries: Mapping[str, Entry],
    organiser: Person,
) -> None:
    """The works that the story sends to the final, each read by further jurors until the jury ends."""
    opened = calendar.judging_closes - FINAL
    plan = RoundsPlan(opened - timedelta(days=1), opened, FURTHER_REVIEWS, SETTINGS, SETTINGS)
    plan_rounds(session, edition=edition, plan=plan, actor=organiser, now=calendar.judging_opens)
    final = rounds_of(session, edition)[RoundKind.FINALISTS]
    acts: dict[str, Any] = {"actor": organiser, "now": opened}
    pairs = {(jurors[juror].id, entries[work].id) for juror, works in content.finals.items() for work in works}
    confirm_finalists(session, round_=final, entries={entry for _juror, entry in pairs}, **acts)
    change_assignments(session, edition=edition, added=pairs, removed=(), round_=final, **acts)
    write_reviews(session, content, content.finals, jurors=jurors, entries=entries, since=opened)


def meet(
    session: Session,
    edition: Edition,
    calendar: DemoCalendar,
    *,
    jurors: Mapping[str, Person],
    entries: Mapping[str, Entry],
    organiser: Person,
    now: datetime,
) -> None:
    """Seal what the marks say, then open the meeting: two votes are held and sealed, and an entry is on the table.

    One juror comes late; the last one has a conflict with a finalist, and goes blank when it comes to the table.
    """
    facts: dict[str, Any] = {"edition": edition, "actor": organiser}
    seal(session, **facts, now=calendar.judging_closes + timedelta(hours=1))
    open_meeting(session, **facts, now=_ago(now, 100))
    present = [juror.id for juror in jurors.values()]
    note_attendance(session, **facts, present=present[1:], now=_ago(now, 95))
    apart = Motion(DecisionKind.HORS_CONCOURS, entries[SET_APART], None, APART_REASON)
    _vote(session, apart, (5, 0, 0), actor=organiser, now=_ago(now, 70))
    note_attendance(session, **facts, present=present, now=_ago(now, 60))
    moved = Motion(DecisionKind.PLACE, entries[MOVED], 2, MOVED_REASON)
    _vote(session, moved, (4, 1, 0), actor=organiser, now=_ago(now, 30))
    seal(session, **facts, now=_ago(now, 20))
    discussed = entries[DISCUSSED]
    put_on_table(session, **facts, challenge=discussed.challenge, entry=discussed, now=_ago(now, 10))


def _vote(session: Session, motion: Motion, hands: tuple[int, int, int], *, actor: Person, now: datetime) -> None:
    entry = motion.entry
    assert entry is not None
    shown: dict[str, Any] = {"challenge": entry.challenge, "actor": actor}
    put_on_table(session, edition=entry.edition, entry=entry, **shown, now=_ago(now, 10))
    votes_for, votes_against, abstained = hands
    counted: dict[str, Any] = {"votes_for": votes_for, "votes_against": votes_against, "abstained": abstained}
    record_vote(session, motion=motion, **shown, **counted, now=now)


def _ago(now: datetime, minutes: int) -> datetime:
    return now - timedelta(minutes=minutes)
