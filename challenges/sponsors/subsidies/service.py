"""What can be done with a subsidy: ask for it, note what was granted, received or refused."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.days import require_happened
from challenges.editions.models import Edition
from challenges.sponsors.subsidies.models import Subsidy
from challenges.sponsors.subsidies.rules import SubsidyState, Terms, may_become
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.web.templating import money


@dataclass(frozen=True)
class SubsidyRequest:
    """Who is asked, for what, on which terms, how much, since when."""

    funder: str
    purpose: str
    terms: Terms
    requested_cents: int
    requested_on: date


@dataclass(frozen=True)
class Outcome:
    """What came of a request: the new state, how much (0 when refused), when, by which decision."""

    state: SubsidyState
    cents: int
    decided_on: date
    decision: str


def request_subsidy(
    session: Session, *, edition: Edition, request: SubsidyRequest, actor: Any, now: datetime
) -> Subsidy:
    """Note a request. Raises Invalid for less cost with tax than without, or more than rate and ceiling allow."""
    terms = request.terms
    if terms.cost_with_tax < terms.cost_without_tax:
        raise Invalid(_l("The cost with tax cannot be less than without."), field="cost_with_tax")
    if request.requested_cents > terms.largest:
        most = money(terms.largest)
        raise Invalid(_l("The rate and the ceiling allow %(most)s at most.", most=most), field="requested_cents")
    asked = Subsidy(
        edition_id=edition.id,
        funder=request.funder,
        purpose=request.purpose,
        cost_without_tax_cents=terms.cost_without_tax,
        cost_with_tax_cents=terms.cost_with_tax,
        is_on_cost_with_tax=terms.on_cost_with_tax,
        rate=terms.rate,
        ceiling_cents=terms.ceiling,
        requested_cents=request.requested_cents,
        requested_on=request.requested_on,
    )
    session.add(asked)
    facts = {"funder": asked.funder, "cents": asked.requested_cents}
    record(session, "subsidy.request", subject=asked, actor=actor, now=now, edition_id=edition.id, **facts)
    return asked


def note_outcome(session: Session, *, subsidy: Subsidy, outcome: Outcome, actor: Any, now: datetime) -> None:
    """Bring a subsidy to its next state. Raises Conflict for a state that does not follow, Invalid for too much or a
    day to come.
    """
    lock_row(session, subsidy)
    if not may_become(subsidy.state, outcome.state):
        raise Conflict(_l("The subsidy is no longer where you saw it. Nothing was changed. Look at it again."))
    edition = session.get_one(Edition, subsidy.edition_id)
    require_happened(outcome.decided_on, edition=edition, now=now, field="decided_on")
    _check_amount(subsidy, outcome)
    subsidy.state, subsidy.decided_on, subsidy.decision = outcome.state, outcome.decided_on, outcome.decision
    if outcome.state is SubsidyState.GRANTED:
        subsidy.granted_cents = outcome.cents
    if outcome.state is SubsidyState.RECEIVED:
        subsidy.received_cents = outcome.cents
    facts = {"funder": subsidy.funder, "cents": outcome.cents, "decision": outcome.decision}
    verb = f"subsidy.{outcome.state}"
    record(session, verb, subject=subsidy, actor=actor, now=now, edition_id=subsidy.edition_id, **facts)


def _check_amount(subsidy: Subsidy, outcome: Outcome) -> None:
    if outcome.state is SubsidyState.REFUSED:
        return
    most = subsidy.requested_cents if outcome.state is SubsidyState.GRANTED else subsidy.granted_cents or 0
    if not 0 < outcome.cents <= most:
        raise Invalid(_l("Between one cent and %(most)s.", most=money(most)), field="cents")
