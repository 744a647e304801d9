"""From an award to a payment: confirmed on the ranking, approved by two people, paid with a reference and a proof."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict, Invalid
from judging.prizes.locking import lock_award
from judging.prizes.models import Award, AwardApproval
from judging.prizes.pools import paid_against_wishes
from judging.prizes.posting import pay
from judging.prizes.shares.privacy import forget_paid_guardians
from judging.prizes.shares.queries import shares_of
from judging.prizes.standing import (
    basis_of,
    content_of,
    is_approved,
    is_funded,
    is_void,
    rankings_now,
    stand_on,
    standing_approvals,
)


@dataclass(frozen=True)
class Proof:
    """A file that shows a payment: where it is stored, and its name."""

    key: str
    name: str


@dataclass(frozen=True)
class WinnerPayment:
    """When the winner was paid, under which reference, and what shows it."""

    paid_on: date
    reference: str
    proof: Proof | None = None


class AwardVoid(Conflict):
    """The result is no longer the one that the award came from, or the rules keep the team from the prize since."""

    code = "award-void"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Since this award was given, the result has changed or the team may no longer win this prize. "
                "Confirm it, or award anew. Nothing was changed."
            )
        )


class AwardChanged(Conflict):
    """Somebody decides about an award that is no longer as they saw it."""

    code = "award-changed"

    def __init__(self) -> None:
        super().__init__(
            _l("This award has changed since you opened the page. Nothing was recorded. Look at it again, then decide.")
        )


def confirm_award(session: Session, *, edition: Edition, award: Award, seen: str, actor: Any, now: datetime) -> None:
    """Let an award stand on the result and the rules as they are now. Earlier approvals no longer count.

    `seen` is what `basis_of` said on the page; raises AwardChanged when it says something else now.
    """
    lock_award(session, edition, award)
    _refuse_paid(award)
    before, rankings = award.ranking_sha256, rankings_now(session, edition)
    if seen != basis_of(award, rankings):
        raise AwardChanged
    stand_on(award, rankings)
    facts = {"entry": award.entry.code, "before": before, "after": award.ranking_sha256, "although": award.although}
    record(session, "award.confirm", subject=award, actor=actor, now=now, edition_id=edition.id, **facts)


def approve_payout(
    session: Session, *, edition: Edition, award: Award, seen: str, actor: Any, now: datetime
) -> AwardApproval:
    """Approve that an award is paid as it stands; the same person twice counts once.

    `seen` is its `content_of` on the page. Raises AwardChanged when that is something else now, AwardVoid, or Conflict
    while it is not fully funded, or once it is paid.
    """
    lock_award(session, edition, award)
    _refuse_unready(session, edition, award)
    if seen != content_of(award):
        raise AwardChanged
    known = next((each for each in standing_approvals(award) if each.person_id == actor.id), None)
    if known is not None:
        return known
    given = AwardApproval(award=award, person_id=actor.id, content_sha256=seen, approved_at=now)
    session.add(given)
    facts = {"entry": award.entry.code, "cents": award.cents}
    record(session, "award.approve", subject=award, actor=actor, now=now, edition_id=edition.id, **facts)
    return given


def record_award_payment(
    session: Session, *, edition: Edition, award: Award, payment: WinnerPayment, actor: Any, now: datetime
) -> None:
    """Note that the winner was paid.

    Raises AwardVoid, Conflict when it is noted already, not fully funded or not approved by two people who are
    organisers still, and Invalid without proof where a sponsor paid directly.
    """
    lock_award(session, edition, award)
    require_payable(session, edition=edition, award=award)
    if payment.proof is None and any(funding.pledge.is_direct for funding in award.fundings):
        raise Invalid(_l("The sponsor pays directly: add the proof of its payment."), field="proof")
    award.paid_on, award.payment_reference = payment.paid_on, payment.reference
    award.paid_content_sha256 = content_of(award)
    if payment.proof is not None:
        award.proof_key, award.proof_name = payment.proof.key, payment.proof.name
    pay(session, award, edition_id=edition.id, paid_on=payment.paid_on, actor=actor, now=now)
    facts = {"entry": award.entry.code, "cents": award.cents, "paid_on": payment.paid_on.isoformat()}
    facts |= {"reference": payment.reference, "proof": award.proof_key}
    record(session, "award.pay", subject=award, actor=actor, now=now, edition_id=edition.id, **facts)
    forget_paid_guardians(session, award, now)


def require_payable(session: Session, *, edition: Edition, award: Award) -> None:
    """Raises AwardVoid or Conflict unless the award may be paid as it stands."""
    _refuse_unready(session, edition, award)
    if not is_approved(award):
        raise Conflict(_l("Two different people who are still organisers must approve this award before it is paid."))
    _refuse_without_guardian(session, award)


def _refuse_without_guardian(session: Session, award: Award) -> None:
    missing = [each.person.name for each in shares_of(session, award) if each.needs_guardian]
    if missing:
        names = ", ".join(missing)
        raise Conflict(
            _l("Under 18, and no guardian has consented yet: %(names)s. They do so in their account.", names=names)
        )


def _refuse_unready(session: Session, edition: Edition, award: Award) -> None:
    _refuse_paid(award)
    if is_void(award, rankings_now(session, edition)):
        raise AwardVoid
    if not is_funded(award):
        raise Conflict(_l("This award is not fully funded. Choose who pays it first."))
    for each in paid_against_wishes(session, [award]):
        why = "; ".join(each.reasons)
        raise Conflict(_l("“%(name)s” cannot pay this team. %(why)s.", name=each.pledge.name, why=why))


def _refuse_paid(award: Award) -> None:
    if award.paid_on:
        raise Conflict(_l("This payment is recorded already."))
