"""What a demo jury at work shows beside its reviews: rounds, expertise, seats, a possible conflict, the exercise."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from challenges.sponsors.queries import pledges_of, purposes_of
from hackaviz.accounts.models import Person, Role
from hackaviz.accounts.service import grant_role
from hackaviz.demo.calendar import DemoCalendar
from judging.panels.juror_service import state_expertise
from judging.panels.rounds.models import MarksShown, RoundKind
from judging.panels.rounds.queries import rounds_of
from judging.panels.rounds.service import RoundSettings, RoundsPlan, plan_rounds
from judging.panels.service import assign_proposal, seat_juror
from judging.scoring.calibration.queries import candidates
from judging.scoring.calibration.service import choose_works, score_work

THEMES = (("ports", "sea"), ("energy", "air"), ("mobility", "logistics"), ("culture", "maps"))
TRAINING_WORKS = 2
REVIEWS, FURTHER_REVIEWS = 4, 1
QUALIFICATION = RoundKind.QUALIFICATION


def prepare_jury(
    session: Session, edition: Edition, calendar: DemoCalendar, jurors: Mapping[str, Person], organiser: Person
) -> None:
    """Seats, expertise and the exercise, before the jury opens; one juror also speaks for a sponsor."""
    acts: dict[str, Any] = {"actor": organiser, "now": calendar.prepared}
    people = list(jurors.values())
    seat_juror(session, edition=edition, juror=people[0], most=None, challenge_ids=[], is_lead=True, **acts)
    for juror, themes in zip(people, THEMES, strict=False):
        said: dict[str, Any] = {"themes": themes, "wishes": {}, "now": calendar.prepared}
        state_expertise(session, edition=edition, juror=juror, **said)
    _speak_for_a_sponsor(session, edition, people[1], acts)
    _train(session, edition, people, calendar.judging_opens, organiser)


def plan_two_rounds(
    session: Session, edition: Edition, calendar: DemoCalendar, organiser: Person, now: datetime
) -> None:
    """A qualification under way, completed by the solver, then finalists whom further jurors review."""
    days_left = (calendar.judging_closes - now).days
    halfway = calendar.judging_closes - timedelta(days=days_left // 2)
    plan = RoundsPlan(
        qualification_closes_at=halfway,
        finalists_open_at=halfway + timedelta(hours=15),
        further_reviews=FURTHER_REVIEWS,
        qualification=RoundSettings(is_blind=True, marks_shown=MarksShown.AT_DELIBERATION),
        finalists=RoundSettings(is_blind=True, marks_shown=MarksShown.AT_DELIBERATION),
    )
    plan_rounds(session, edition=edition, plan=plan, actor=organiser, now=calendar.judging_opens)
    acts: dict[str, Any] = {"actor": organiser, "now": calendar.judging_opens}
    assign_proposal(
        session, edition=edition, reviews=REVIEWS, round_=rounds_of(session, edition)[QUALIFICATION], **acts
    )


def _speak_for_a_sponsor(session: Session, edition: Edition, juror: Person, acts: Mapping[str, Any]) -> None:
    pledges = pledges_of(session, edition)
    purposes = purposes_of(session, pledges)
    earmarked = next((each for each in pledges if purposes.get(each.id)), None)
    if earmarked is not None:
        facts: dict[str, Any] = {"edition_id": edition.id, "role": Role.SPONSOR, "sponsor_id": earmarked.sponsor_id}
        grant_role(session, person=juror, **facts, **acts)


def _train(session: Session, edition: Edition, jurors: list[Person], now: datetime, organiser: Person) -> None:
    """Everybody but the last juror, whom visitors may try, has scored the works; marks lie close, not on each other."""
    entries = candidates(session, edition, now)[:TRAINING_WORKS]
    if len(entries) < TRAINING_WORKS:
        return
    challenge = challenges_of(session, edition)[0]
    facts: dict[str, Any] = {"challenge": challenge, "actor": organiser, "now": now}
    for work in choose_works(session, edition=edition, entries=entries, **facts):
        for seat, juror in enumerate(jurors[:-1]):
            marks: dict[int, int | None] = {
                criterion.id: min(criterion.highest_mark, 2 + (seat + place + work.number) % 3)
                for place, criterion in enumerate(challenge.criteria)
            }
            score_work(session, work=work, juror=juror, marks=marks, now=now)
