"""Naming the method that ranks: before the jury begins freely, afterwards with a reason."""

from collections import Counter
from datetime import datetime

from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from judging.panels.queries import jurors_of
from judging.ranking.contest import TieRule
from judging.scoring.method.models import MethodChoice
from judging.scoring.method.queries import choice_for, choices_of
from judging.scoring.method.rules import Method, check_reason, is_amendment, suits_mixed_model
from judging.scoring.registry import Change, scoring_registry
from submissions.entries.queries import handed_in_entries


def choose_method(
    session: Session,
    *,
    edition: Edition,
    challenge: Challenge | None = None,
    method: Method,
    ties: TieRule,
    reason: str = "",
    actor: Person | None,
    now: datetime,
) -> MethodChoice:
    """Name the method of an edition, or of one challenge. Naming what holds already changes nothing.

    Results that wait under embargo are withdrawn. Raises Invalid, for the field `reason`, for an amendment without one.
    """
    lock_row(session, edition)
    held = choice_for(choices_of(session, edition), challenge.id if challenge else None)
    if held is not None and (held.challenge, held.method, held.ties) == (challenge, method, ties):
        return held
    amends = is_amendment(edition.judging_opens_at, now)
    choice = MethodChoice(
        edition_id=edition.id,
        challenge=challenge,
        method=method,
        ties=ties,
        is_amendment=amends,
        reason=check_reason(reason, amends=amends),
        chosen_at=now,
        chosen_by_id=actor.id if actor else None,
    )
    session.add(choice)
    facts = {"method": method.value, "ties": ties.value, "reason": choice.reason}
    if challenge is not None:
        facts["challenge"] = str(challenge.number)
    verb = "method.amend" if amends else "method.choose"
    record(session, verb, subject=choice, actor=actor, now=now, edition_id=edition.id, **facts)
    scoring_registry().changed(session, edition, Change.METHOD, now)
    return choice


def name_default(session: Session, edition: Edition, reviews: int, actor: Person | None, now: datetime) -> None:
    """Once the engine has assigned, name the mixed model, where nobody named a method and the plan gives it enough."""
    sizes = Counter(entry.challenge_id for entry in handed_in_entries(session, edition)).values()
    is_open = is_amendment(edition.judging_opens_at, now) or choices_of(session, edition)
    if not is_open and suits_mixed_model(len(jurors_of(session, edition)), sizes, reviews):
        choose_method(session, edition=edition, method=Method.BLUP, ties=TieRule.CHAIN, actor=actor, now=now)
