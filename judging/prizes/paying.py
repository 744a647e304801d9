"""From an award to a payment: confirmed on the ranking, approved by two people, paid with a reference and a proof."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.days import require_happened
from challenges.editions.models import Edition
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.kernel.identifiers import new_public_id
from judging.prizes.locking import lock_award
from judging.prizes.models import Award, AwardApproval
from judging.prizes.pools import paid_against_wishes
from judging.prizes.posting import pay
from judging.prizes.shares.privacy import forget_paid_guardians
from judging.prizes.shares.queries import shares_of
from judging.prizes.standing import content_of, rankings_now, stand_on, standing_approvals
from judging.prizes.winnings import Winning, winning_with


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


class ResultNotSealed(Conflict):
    """Nothing holds the result that an award stands on."""

    code = "result-not-sealed"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "The result that this award stands on is not sealed. Nothing was recorded. Seal the result, or prepare "
                "the results, then approve and pay."
            )
        )


def confirm_award(
    session: Session, *, edition: Edition, award: Award, seen: str, reason: str, actor: Any, now: datetime
) -> None:
    """Let an award, with the other slices of its tie, stand on the result and the rules as they are now, and say why.

    Earlier approvals no longer count. `seen` is what `Winning.basis` said on the page; raises AwardChanged when it
    says something else now.
    """
    lock_award(session, edition, award)
    winning, rankings = winning_with(session, edition, award), rankings_now(session, edition)
    _refuse_paid(winning)
    if seen != winning.basis(rankings):
        raise AwardChanged
    before = award.ranking_sha256
    for each in winning.slices:
        stand_on(each, rankings)
    facts = {"before": before, "after": award.ranking_sha256, "although": award.although, "reason": reason}
    _record(session, "award.confirm", winning, actor, now, **facts)


def approve_payout(
    session: Session, *, edition: Edition, award: Award, seen: str, actor: Any, now: datetime
) -> AwardApproval:
    """Approve that an award, with the other slices of its tie, is paid as it stands; the same person twice counts once.

    `seen` is its `Winning.content` on the page. Raises AwardChanged when that is something else now, AwardVoid, or
    Conflict while its result is not sealed or it is not fully funded, or once it is paid.
    """
    lock_award(session, edition, award)
    winning = winning_with(session, edition, award)
    _refuse_unready(session, edition, winning)
    if seen != winning.content:
        raise AwardChanged
    known = next((each for each in winning.approvals if each.person_id == actor.id), None)
    if known is not None:
        return known
    given = [_approval(each, actor, now) for each in winning.slices if not _has_approved(each, actor)]
    session.add_all(given)
    _record(session, "award.approve", winning, actor, now, cents=winning.cents)
    return given[0]


def _approval(award: Award, actor: Any, now: datetime) -> AwardApproval:
    return AwardApproval(award=award, person_id=actor.id, content_sha256=content_of(award), approved_at=now)


def _has_approved(award: Award, actor: Any) -> bool:
    return any(each.person_id == actor.id for each in standing_approvals(award))


def record_award_payment(
    session: Session, *, edition: Edition, award: Award, payment: WinnerPayment, actor: Any, now: datetime
) -> None:
    """Note that the winner was paid: one date, reference and proof for an award and the other slices of its tie.

    Raises AwardVoid, Conflict when it is noted already, its result is not sealed, it is not fully funded or not
    approved by two people who are organisers still, and Invalid for a day to come, or without proof where a sponsor
    paid directly.
    """
    lock_award(session, edition, award)
    require_payable(session, edition=edition, award=award)
    require_happened(payment.paid_on, edition=edition, now=now, field="paid_on")
    winning = winning_with(session, edition, award)
    if payment.proof is None and any(pledge.is_direct for pledge, _cents in winning.payers):
        raise Invalid(_l("The sponsor pays directly: add the proof of its payment."), field="proof")
    for each in winning.slices:
        _note(each, payment)
        pay(session, each, edition_id=edition.id, paid_on=payment.paid_on, actor=actor, now=now)
    facts = {"cents": winning.cents, "paid_on": payment.paid_on.isoformat(), "reference": payment.reference}
    _record(session, "award.pay", winning, actor, now, **facts, proof=award.proof_key)
    forget_paid_guardians(session, award, now)


def _note(award: Award, payment: WinnerPayment) -> None:
    award.paid_on, award.payment_reference = payment.paid_on, payment.reference
    award.paid_content_sha256, award.payout_key = content_of(award), new_public_id()
    if payment.proof is not None:
        award.proof_key, award.proof_name = payment.proof.key, payment.proof.name


def _record(session: Session, verb: str, winning: Winning, actor: Any, now: datetime, **facts: Any) -> None:
    facts["entry"] = winning.entry.code
    if winning.is_pooled:
        facts["prize"] = winning.prizes
    record(session, verb, subject=winning.lead, actor=actor, now=now, edition_id=winning.prize.edition_id, **facts)


def require_payable(session: Session, *, edition: Edition, award: Award) -> None:
    """Raises AwardVoid or Conflict unless the award may be paid as it stands, with the other slices of its tie."""
    winning = winning_with(session, edition, award)
    _refuse_unready(session, edition, winning)
    if not winning.is_approved:
        raise Conflict(_l("Two different people who are still organisers must approve this award before it is paid."))
    _refuse_without_guardian(session, winning)


def _refuse_without_guardian(session: Session, winning: Winning) -> None:
    missing = [each.person.name for each in shares_of(session, winning) if each.needs_guardian]
    if missing:
        names = ", ".join(missing)
        raise Conflict(
            _l("Under 18, and no guardian has consented yet: %(names)s. They do so in their account.", names=names)
        )


def _refuse_unready(session: Session, edition: Edition, winning: Winning) -> None:
    _refuse_paid(winning)
    rankings = rankings_now(session, edition)
    if winning.is_void(rankings):
        raise AwardVoid
    if not winning.is_frozen(rankings):
        raise ResultNotSealed
    if not winning.is_funded:
        raise Conflict(_l("This award is not fully funded. Choose who pays it first."))
    for each in paid_against_wishes(session, winning.slices):
        why = "; ".join(each.reasons)
        raise Conflict(_l("“%(name)s” cannot pay this team. %(why)s.", name=each.pledge.name, why=why))


def _refuse_paid(winning: Winning) -> None:
    if winning.paid_on:
        raise Conflict(_l("This payment is recorded already."))
