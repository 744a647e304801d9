"""What can be done with an agreement: write it, name its parties, note who signed and what each brings."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.agreements.models import Agreement, AgreementParty, Contribution
from challenges.sponsors.agreements.rules import ContributionKind
from hackaviz.kernel.audit import record
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Invalid


@dataclass(frozen=True)
class PartyDetails:
    """A body, whether it carries the money, and when it signed (None: not yet)."""

    name: str
    is_carrier: bool
    signed_on: date | None


def write_agreement(
    session: Session, *, edition: Edition, title: Bilingual, reference: str, actor: Any, now: datetime
) -> Agreement:
    """Enter an agreement. Raises Invalid when its reference is taken."""
    written = Agreement(edition_id=edition.id, title=title, reference=reference, created_at=now)
    try:
        with session.begin_nested():
            session.add(written)
    except IntegrityError as error:
        raise Invalid(_l("An agreement with this reference exists."), field="reference") from error
    _record(session, "agreement.write", written, actor, now, reference=reference)
    return written


def name_party(
    session: Session,
    *,
    agreement: Agreement,
    party: AgreementParty | None,
    details: PartyDetails,
    actor: Any,
    now: datetime,
) -> AgreementParty:
    """Add a party (None), or change one. Raises Invalid for a name that is taken, or a second carrier."""
    lock_row(session, agreement)
    if details.is_carrier and agreement.carrier not in {None, party}:
        raise Invalid(_l("This agreement has a carrier already."), field="is_carrier")
    named = party or AgreementParty(agreement_id=agreement.id)
    try:
        with session.begin_nested():
            named.name, named.is_carrier, named.signed_on = details.name, details.is_carrier, details.signed_on
            session.add(named)
    except IntegrityError as error:
        raise Invalid(_l("This party is named already."), field="name") from error
    session.expire(agreement, ["parties"])
    signed = details.signed_on.isoformat() if details.signed_on else ""
    _record(session, "agreement.party", agreement, actor, now, name=named.name, signed=signed)
    return named


def contribute(
    session: Session,
    *,
    party: AgreementParty,
    kind: ContributionKind,
    description: str,
    cents: int | None,
    actor: Any,
    now: datetime,
) -> Contribution:
    """Note what a party brings. Raises Invalid for money without amount; what is not money has none."""
    if kind is ContributionKind.MONEY and not cents:
        raise Invalid(_l("Write the amount."), field="cents")
    amount = cents if kind is ContributionKind.MONEY else None
    brought = Contribution(party=party, kind=kind, description=description, cents=amount)
    session.add(brought)
    facts = {"name": party.name, "kind": kind, "text": description, "cents": amount}
    _record(session, "agreement.contribute", party.agreement, actor, now, **facts)
    return brought


def withdraw_contribution(session: Session, *, contribution: Contribution, actor: Any, now: datetime) -> None:
    """Take back what a party was said to bring; the log keeps it."""
    party = contribution.party
    facts = {"name": party.name, "kind": contribution.kind, "text": contribution.description}
    _record(session, "agreement.withdraw_contribution", party.agreement, actor, now, **facts)
    party.contributions.remove(contribution)
    session.flush()


def _record(session: Session, verb: str, agreement: Agreement, actor: Any, now: datetime, **facts: Any) -> None:
    record(session, verb, subject=agreement, actor=actor, now=now, edition_id=agreement.edition_id, **facts)
