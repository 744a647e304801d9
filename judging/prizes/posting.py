"""Awards in the ledger: money is bound when an award is funded, freed when it is taken back, gone when it is paid."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.ledger.queries import lines_by_place, transaction_by_key
from challenges.ledger.rules import AccountKind, TransactionKind, awarded, paid
from challenges.ledger.service import Posting, day_of_act, post, reverse
from hackaviz.kernel.errors import Conflict
from hackaviz.kernel.identifiers import new_public_id
from judging.prizes.models import Award

# Pledge → cents.
Parts = Mapping[int, int]


def rebind(
    session: Session, awards: Iterable[Award], *, edition_id: int, actor: Any, now: datetime, decision: str = ""
) -> None:
    """Bring the ledger to what the awards' fundings say: first all that is freed, then all that is bound."""
    changed = [award for award in awards if _parts(award) != bound_parts(session, award)]
    for award in changed:
        unbind(session, award, actor=actor, now=now, decision=decision)
    for award in changed:
        _bind(session, award, Bond(edition_id, decision), actor, now)


def unbind(session: Session, award: Award, *, actor: Any, now: datetime, decision: str = "") -> None:
    """Free the money of an award; nothing when none is bound. Raises Conflict when it went to the winner."""
    bound = transaction_by_key(session, award.ledger_key) if award.ledger_key else None
    if is_paid_in_ledger(session, award):
        raise Conflict(_l("This award is paid. It cannot be taken back here."))
    if bound is not None:
        reverse(session, transaction=bound, decision=decision, actor=actor, now=now)
        award.ledger_key = None


def pay(session: Session, award: Award, *, edition_id: int, paid_on: date, actor: Any, now: datetime) -> None:
    """Move the bound money of an award to its winner; nothing for a mention or a gift in kind, which bind none."""
    if not award.cents:
        return
    posting = Posting(
        kind=TransactionKind.PAYMENT,
        key=payment_key(award),
        edition_id=edition_id,
        moves=paid(bound_parts(session, award)),
        happened_on=paid_on,
        details={**_what(award), "reference": award.payment_reference},
    )
    post(session, posting=posting, actor=actor, now=now)


def unpay(session: Session, award: Award, *, edition_id: int, decision: str, actor: Any, now: datetime) -> None:
    """Take the payment of an award back, and bind its money anew: what is paid next is another payment."""
    if not award.cents:
        return
    acts: dict[str, Any] = {"decision": decision, "actor": actor, "now": now}
    for key in (payment_key(award), str(award.ledger_key)):
        done = transaction_by_key(session, key)
        if done is not None:
            reverse(session, transaction=done, **acts)
    _bind(session, award, Bond(edition_id, decision), actor, now)


def is_paid_in_ledger(session: Session, award: Award) -> bool:
    """Whether the ledger says that the winner has the money."""
    return award.ledger_key is not None and transaction_by_key(session, payment_key(award)) is not None


def payment_key(award: Award) -> str:
    """The key of the transaction that pays the money bound now."""
    return f"payment/{award.ledger_key}"


def bound_parts(session: Session, award: Award) -> dict[int, int]:
    """What the ledger holds bound for an award: pledge → cents."""
    lines = lines_by_place(session, award.ledger_key) if award.ledger_key else {}
    return {pledge_id: cents for (pledge_id, kind), cents in lines.items() if kind is AccountKind.AWARDED}


def _parts(award: Award) -> dict[int, int]:
    return {funding.pledge_id: funding.cents for funding in award.fundings}


@dataclass(frozen=True)
class Bond:
    """In which edition money is bound, and by which decision where it does not follow from the award."""

    edition_id: int
    decision: str


def _bind(session: Session, award: Award, bond: Bond, actor: Any, now: datetime) -> None:
    parts = _parts(award)
    if not parts:
        return
    key = f"award/{new_public_id()}"
    posting = Posting(
        kind=TransactionKind.AWARD,
        key=key,
        edition_id=bond.edition_id,
        moves=awarded(parts),
        happened_on=day_of_act(session, bond.edition_id, now),
        decision=bond.decision or award.decision,
        details=_what(award),
    )
    post(session, posting=posting, actor=actor, now=now)
    award.ledger_key = key


def _what(award: Award) -> dict[str, Any]:
    # Words, not a row: the ledger outlives an award that is taken back.
    return {"prize": award.prize.title.as_dict(), "entry": award.entry.code}
