"""What can be done with sponsors, pledges and payments."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.editions.days import require_happened
from challenges.editions.models import Edition
from challenges.ledger.rules import AccountKind, Move, TransactionKind
from challenges.ledger.service import KeyTaken, Posting, open_accounts, post
from challenges.sponsors.models import Custody, Pledge, PledgePayment, Sponsor, pledge_challenges
from challenges.sponsors.rules import expected_cents
from hackaviz.kernel.audit import record
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict, Invalid


@dataclass(frozen=True)
class SponsorDetails:
    """What is said of a sponsor."""

    name: str
    website: str
    description: Bilingual
    is_invented: bool = False


@dataclass(frozen=True)
class PledgeTerms:
    """A promise: how much, who holds the money, by when, for which challenges (none: the whole edition)."""

    name: str
    promised_cents: int
    custody: Custody
    carrier_name: str = ""
    due_on: date | None = None
    challenge_ids: Collection[int] = ()
    may_pay_costs: bool = False


def add_sponsor(session: Session, *, edition: Edition, details: SponsorDetails, actor: Any, now: datetime) -> Sponsor:
    """Add a sponsor. Raises Invalid when the edition has one of that name."""
    sponsor = Sponsor(edition=edition)
    _describe(session, sponsor, details)
    record(session, "sponsor.add", subject=sponsor, actor=actor, now=now, edition_id=edition.id, name=sponsor.name)
    return sponsor


def describe_sponsor(session: Session, *, sponsor: Sponsor, details: SponsorDetails, actor: Any, now: datetime) -> None:
    """Change what is said of a sponsor. Raises Invalid when another one has that name."""
    before = sponsor.name
    _describe(session, sponsor, details)
    record(
        session,
        "sponsor.describe",
        subject=sponsor,
        actor=actor,
        now=now,
        edition_id=sponsor.edition_id,
        name=sponsor.name,
        name_before=before,
    )


def _describe(session: Session, sponsor: Sponsor, details: SponsorDetails) -> None:
    try:
        with session.begin_nested():
            sponsor.name = details.name
            sponsor.website = details.website
            sponsor.description = details.description
            sponsor.is_invented = details.is_invented
            session.add(sponsor)
    except IntegrityError as error:
        raise Invalid(_l("This edition has a sponsor of that name already."), field="name") from error


def pledge(session: Session, *, sponsor: Sponsor, terms: PledgeTerms, actor: Any, now: datetime) -> Pledge:
    """Record a promise. Raises Invalid when its name is taken, or a carrier is missing."""
    if terms.custody is Custody.CARRIER and not terms.carrier_name:
        raise Invalid(_l("Name the body that carries the money."), field="carrier_name")
    made = Pledge(
        edition_id=sponsor.edition_id,
        sponsor_id=sponsor.id,
        name=terms.name,
        promised_cents=terms.promised_cents,
        custody=terms.custody,
        carrier_name=terms.carrier_name if terms.custody is Custody.CARRIER else "",
        due_on=terms.due_on,
        may_pay_costs=terms.may_pay_costs,
        pledged_at=now,
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError as error:
        raise Invalid(_l("A pledge of that name exists. Give each its own."), field="name") from error
    session.expire(sponsor, ["pledges"])
    dedicate(session, made, terms.challenge_ids)
    open_accounts(
        session, edition_id=made.edition_id, pledge_id=made.id, custody=made.custody, cents=made.promised_cents,
        actor=actor, now=now,
    )  # fmt: skip
    record(
        session,
        "pledge.make",
        subject=made,
        actor=actor,
        now=now,
        edition_id=sponsor.edition_id,
        sponsor=sponsor.name,
        name=made.name,
        cents=made.promised_cents,
        custody=made.custody,
        challenges=sorted(terms.challenge_ids),
    )
    return made


def dedicate(session: Session, made: Pledge, challenge_ids: Collection[int]) -> None:
    """Make these the challenges that a pledge is given for."""
    session.execute(delete(pledge_challenges).where(pledge_challenges.c.pledge_id == made.id))
    if challenge_ids:
        rows = [{"pledge_id": made.id, "challenge_id": challenge_id} for challenge_id in sorted(challenge_ids)]
        session.execute(insert(pledge_challenges), rows)


@dataclass(frozen=True)
class Payment:
    """Money that arrived. A form sent twice carries one `request_key`."""

    cents: int
    received_on: date
    reference: str
    request_key: str


def record_payment(session: Session, *, pledge: Pledge, payment: Payment, actor: Any, now: datetime) -> PledgePayment:
    """Record money that arrived. The same `request_key` again gives the payment that it made, and records nothing.

    Raises Conflict for a pledge whose sponsor pays winners directly, KeyTaken when the key was used for something else
    or its payment is taken back, Invalid for more than is still expected, or a day to come.
    """
    # Lock first: two people recording at once could together pass the promise.
    lock_row(session, pledge)
    known = session.scalar(select(PledgePayment).where(PledgePayment.request_key == payment.request_key))
    if known is not None:
        return _same(known, pledge, payment)
    if pledge.is_direct:
        raise Conflict(_l("This sponsor pays the winners directly. No payment can be recorded for this pledge."))
    require_happened(payment.received_on, edition=pledge.sponsor.edition, now=now, field="received_on")
    if payment.cents > expected_cents(pledge):
        raise Invalid(_l("More than is still expected for this pledge. Check the amount."), field="cents")
    return _add_payment(session, pledge, payment, actor, now)


def _add_payment(session: Session, pledge: Pledge, payment: Payment, actor: Any, now: datetime) -> PledgePayment:
    recorded_by_id = actor.id if actor else None
    added = PledgePayment(pledge=pledge, recorded_at=now, recorded_by_id=recorded_by_id, **asdict(payment))
    session.add(added)
    post(session, posting=_receipt(pledge, payment), actor=actor, now=now)
    facts = {"cents": payment.cents, "reference": payment.reference, "received_on": payment.received_on.isoformat()}
    record(
        session, "pledge.receive", subject=pledge, actor=actor, now=now, edition_id=pledge.edition_id,
        name=pledge.name, **facts,
    )  # fmt: skip
    session.flush()
    session.refresh(pledge)
    return added


def _same(known: PledgePayment, pledge: Pledge, payment: Payment) -> PledgePayment:
    told = Payment(known.cents, known.received_on, known.reference, known.request_key)
    if known.pledge_id != pledge.id or told != payment or known.reversal is not None:
        raise KeyTaken
    return known


def _receipt(pledge: Pledge, payment: Payment) -> Posting:
    return Posting(
        kind=TransactionKind.RECEIPT,
        key=f"receipt/{payment.request_key}",
        edition_id=pledge.edition_id,
        moves=[Move(pledge.id, AccountKind.PROMISED, AccountKind.HELD, payment.cents)],
        happened_on=payment.received_on,
        details={"reference": payment.reference},
    )
