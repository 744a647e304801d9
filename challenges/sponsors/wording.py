"""The ledger in words: what happened, where money was and where it went."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from challenges.ledger.models import Account, Transaction
from challenges.ledger.rules import AccountKind, Custody, Figures, TransactionKind
from challenges.sponsors.rules import DirectState, PrizeKind
from hackaviz.web.templating import money

ACTS = {
    TransactionKind.PLEDGE: _l("Pledge"),
    TransactionKind.REDUCTION: _l("Promise reduced"),
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


DIRECT_STATES = {
    DirectState.WITHDRAWN: ("", _l("withdrawn")),
    DirectState.PROMISED: ("info", _l("promised to winners")),
    DirectState.AWARDED: ("info", _l("awarded, not paid yet")),
    DirectState.PARTLY_PAID: ("info", _l("partly paid to winners")),
    DirectState.PAID: ("ok", _l("paid to winners")),
}


@dataclass(frozen=True)
class FigureRow:
    """One figure of an account: what it is, cents, what is expected beside it, and a word about it."""

    label: str
    cents: int
    gap_cents: int = 0
    note: str = ""
    planned: bool = False


def figure_rows(figures: Figures, announced: int | None = None, *, of_pledge: bool = False) -> list[FigureRow]:
    """What became of money, the same on every page. Promised = expected + awarded + left + what went another way."""
    expected = _("%(amount)s still expected", amount=money(figures.expected)) if figures.expected else ""
    ready = _("of which %(amount)s ready with the sponsor", amount=money(figures.ready)) if figures.ready else ""
    prizes = _("Announced as prizes it may pay") if of_pledge else _("Announced as prizes")
    return [
        FigureRow(_("Promised"), figures.promised),
        FigureRow(_("Received so far"), figures.received, figures.expected, expected),
        *([_ready(figures)] if figures.direct else []),
        *([FigureRow(prizes, announced, planned=True)] if announced is not None else []),
        FigureRow(_("Awarded"), figures.awarded, planned=True),
        FigureRow(_("Paid to winners"), figures.paid),
        *(FigureRow(label, cents) for label, cents in _other_ways(figures) if cents),
        FigureRow(_("Left, not awarded"), figures.left, note=ready),
    ]


def _ready(figures: Figures) -> FigureRow:
    note = _("of %(amount)s that it pays to winners itself", amount=money(figures.direct))
    return FigureRow(_("Ready with the sponsor"), figures.ready, note=note)


def _other_ways(figures: Figures) -> list[tuple[str, int]]:
    return [
        (_("Spent on costs"), figures.costs),
        (_("Given back"), figures.refunded),
        (_("Carried over"), figures.carried_over),
    ]


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
