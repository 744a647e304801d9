"""Money that goes over to another edition: it leaves its pledge and opens one there, held by whoever held it."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.ledger.models import Transaction
from challenges.sponsors.models import CarriedPledge, Pledge, Sponsor
from challenges.sponsors.pools import Release, release
from challenges.sponsors.service import Payment, PledgeTerms, SponsorDetails, add_sponsor, pledge, record_payment
from challenges.sponsors.terms import conditions_of, set_conditions
from hackaviz.kernel.errors import Invalid

LONGEST_NAME = 160


def carry_over(
    session: Session, *, source: Pledge, edition: Edition | None, leaving: Release, actor: Any, now: datetime
) -> Transaction:
    """Take money out of a pledge and open one in `edition` with it. The same form twice opens one.

    Raises what `release` raises, and Invalid without another edition.
    """
    if edition is None or edition.id == source.edition_id:
        raise Invalid(_l("Choose the edition that the money goes over to."), field="edition")
    written = release(session, pledge=source, release=leaving, actor=actor, now=now)
    known = session.scalar(select(CarriedPledge).where(CarriedPledge.transaction_key == written.key))
    if known is None:
        opened = _open(session, source, edition, leaving, actor=actor, now=now)
        session.add(CarriedPledge(pledge_id=opened.id, source_id=source.id, transaction_key=written.key))
        session.flush()
    return written


def _open(session: Session, source: Pledge, edition: Edition, leaving: Release, *, actor: Any, now: datetime) -> Pledge:
    terms = PledgeTerms(
        name=_free_name(session, edition, f"{source.name} ({source.sponsor.edition.slug})"),
        promised_cents=leaving.cents,
        custody=source.custody,
        carrier_name=source.carrier_name,
        may_pay_costs=source.may_pay_costs,
    )
    sponsor = _sponsor_there(session, source.sponsor, edition, actor, now)
    opened = pledge(session, sponsor=sponsor, terms=terms, actor=actor, now=now)
    opened.other_conditions = source.other_conditions
    set_conditions(opened, conditions_of(source))
    if not opened.is_direct:
        # It is in the same hands as before: nothing has to arrive.
        arrived = Payment(leaving.cents, leaving.happened_on, leaving.reference or source.name, leaving.request_key)
        record_payment(session, pledge=opened, payment=arrived, actor=actor, now=now)
    return opened


def _sponsor_there(session: Session, sponsor: Sponsor, edition: Edition, actor: Any, now: datetime) -> Sponsor:
    query = select(Sponsor).where(Sponsor.edition_id == edition.id, Sponsor.name == sponsor.name)
    details = SponsorDetails(sponsor.name, sponsor.website, sponsor.description, sponsor.is_invented)
    return session.scalar(query) or add_sponsor(session, edition=edition, details=details, actor=actor, now=now)


def _free_name(session: Session, edition: Edition, name: str) -> str:
    """The name, or with a number where the edition has a pledge called so."""
    wanted = name[: LONGEST_NAME - 4]
    query = select(func.count()).where(Pledge.edition_id == edition.id, Pledge.name.startswith(wanted, autoescape=True))
    taken = session.scalar(query) or 0
    return f"{wanted} {taken + 1}" if taken else wanted
