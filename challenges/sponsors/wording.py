"""The ledger in words: what happened, where money was and where it went."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from challenges.ledger.models import Account, Transaction
from challenges.ledger.rules import AccountKind, Custody, TransactionKind
from challenges.sponsors.rules import PrizeKind

ACTS = {
    TransactionKind.PLEDGE: _l("Pledge"),
    TransactionKind.RECEIPT: _l("Payment received"),
    TransactionKind.AWARD: _l("Awarded"),
    TransactionKind.PAYMENT: _l("Paid to the winner"),
    TransactionKind.COST: _l("Spent on costs"),
    TransactionKind.REFUND: _l("Given back"),
    TransactionKind.CARRY_OVER: _l("Carried over"),
    TransactionKind.REVERSAL: _l("Taken back"),
}
ACCOUNTS = {
    AccountKind.SPONSOR: _l("the sponsor"),
    AccountKind.PROMISED: _l("promised, expected"),
    AccountKind.AWARDED: _l("awarded, to be paid"),
    AccountKind.PAID: _l("paid to winners"),
    AccountKind.COSTS: _l("costs"),
    AccountKind.REFUNDED: _l("given back to the sponsor"),
    AccountKind.CARRIED_OVER: _l("carried over to another edition"),
}
HELD = {
    Custody.ORGANISER: _l("held by the organiser"),
    Custody.CARRIER: _l("held by the carrier"),
    Custody.DIRECT: _l("ready with the sponsor"),
}

KINDS = {
    PrizeKind.PLACE: _l("By place in the ranking"),
    PrizeKind.MENTION: _l("Special mention, by decision of the jury"),
    PrizeKind.SPONSOR_CHOICE: _l("Sponsor’s choice: the jurors of that sponsor decide"),
    PrizeKind.AUDIENCE: _l("Audience award"),
    PrizeKind.IN_KIND: _l("A gift in kind from the register"),
}


@dataclass(frozen=True)
class MoveShown:
    """Cents of one pledge, from here to there."""

    pledge: str
    source: Any
    target: Any
    cents: int


def account_words(account: Account) -> Any:
    """Where money on an account is."""
    return HELD[account.custody] if account.kind is AccountKind.HELD else ACCOUNTS[account.kind]


def moves_shown(transaction: Transaction, names: Mapping[int, str]) -> Iterator[MoveShown]:
    """What a transaction moves, pledge by pledge; `names` are those of the pledges."""
    left = {line.account.pledge_id: line.account for line in transaction.lines if line.cents < 0}
    for line in transaction.lines:
        if line.cents > 0:
            pledge_id = line.account.pledge_id
            source = account_words(left[pledge_id])
            yield MoveShown(names[pledge_id], source, account_words(line.account), line.cents)
