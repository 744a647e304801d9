"""What people state for prizes, and what organisers decide: who takes part hors concours."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.editions.days import today_in
from challenges.editions.models import Edition
from challenges.sponsors.eligibility.models import HorsConcours, PrizeStatement
from challenges.sponsors.eligibility.queries import hors_concours_in, statement_of
from challenges.sponsors.eligibility.rules import ConditionTerms, Tie
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict, Invalid


@dataclass(frozen=True)
class Stated:
    """What a person says of themselves; None or "" where nothing was asked."""

    born_on: date | None = None
    region: str = ""
    is_first_entry: bool | None = None
    tie: Tie = Tie.NONE
    tie_to: str = ""


def require_whole(conditions: ConditionTerms) -> None:
    """Raises Invalid for an age without the day on which it counts, or the other way round."""
    if (conditions.under_age is None) != (conditions.age_on is None):
        raise Invalid(_l("Give both: an age, and the day on which it counts."), field="under_age")


def state(session: Session, *, edition: Edition, stated: Stated, actor: Person, now: datetime) -> PrizeStatement:
    """Note what a person states; it replaces what they stated before. Raises Invalid for a tie to nobody."""
    if stated.tie is not Tie.NONE and not stated.tie_to:
        raise Invalid(_l("Name the sponsor or the juror."), field="tie_to")
    if stated.born_on is not None and stated.born_on >= today_in(edition, now):
        raise Invalid(_l("This day has not come yet. Check the year."), field="born_on")
    statement = statement_of(session, edition, actor) or PrizeStatement(edition_id=edition.id, person_id=actor.id)
    for name, value in asdict(stated).items():
        setattr(statement, name, value)
    statement.tie_to = stated.tie_to if stated.tie is not Tie.NONE else ""
    statement.stated_at = now
    session.add(statement)
    # What was stated stays out of the log, which nobody can change: it may have to be forgotten.
    record(session, "prize.state", subject=actor, actor=actor, now=now, edition_id=edition.id, tie=stated.tie)
    session.flush()
    return statement


def set_hors_concours(
    session: Session, *, edition: Edition, person: Person, reason: str, actor: Any, now: datetime
) -> HorsConcours:
    """Let a person take part without winning. Raises Conflict when that is decided already."""
    decided = HorsConcours(
        edition_id=edition.id, person_id=person.id, reason=reason, decided_at=now, decided_by_id=actor.id
    )
    try:
        with session.begin_nested():
            session.add(decided)
    except IntegrityError as error:
        raise Conflict(_l("This is decided already. Nothing was changed.")) from error
    # The reason stays out of the log, which nobody can change: it may have to be forgotten.
    record(session, "prize.hors_concours", subject=person, actor=actor, now=now, edition_id=edition.id)
    return decided


def lift_hors_concours(session: Session, *, edition: Edition, person: Person, actor: Any, now: datetime) -> None:
    """Let a person win again; the log keeps that they could not."""
    decided = hors_concours_in(session, edition.id).get(person.id)
    if decided is None:
        raise Conflict(_l("This person may win prizes already. Nothing was changed."))
    record(session, "prize.lift_hors_concours", subject=person, actor=actor, now=now, edition_id=edition.id)
    session.delete(decided)
    session.flush()


def forget(session: Session, person: Person, _now: datetime) -> None:
    """Remove what a person stated, of use before the awards only, and why they could not win; that they could not
    stays.
    """
    session.execute(delete(PrizeStatement).where(PrizeStatement.person_id == person.id))
    session.execute(update(HorsConcours).where(HorsConcours.person_id == person.id).values(reason=""))
