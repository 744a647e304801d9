"""Pledges, payments and awards of an installation from before the ledger, written into it as they happened."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from hackaviz.kernel.database import UTCDateTime

KINDS = ("sponsor", "promised", "held", "awarded", "paid", "costs", "refunded", "carried_over")
ACCOUNTS = sa.table("ledger_accounts", *map(sa.column, ("id", "edition_id", "pledge_id", "kind", "custody")))
LINES = sa.table("ledger_lines", *map(sa.column, ("transaction_key", "account_id", "cents")))
TRANSACTIONS = sa.table(
    "ledger_transactions",
    *map(sa.column, ("key", "edition_id", "kind", "decision", "recorded_by_id")),
    sa.column("details", sa.JSON()),
    sa.column("happened_on", sa.Date()),
    sa.column("recorded_at", UTCDateTime()),
)
PLEDGES = sa.text("SELECT id, edition_id, custody, promised_cents, pledged_at FROM pledges ORDER BY id").columns(
    pledged_at=UTCDateTime()
)
PAYMENTS = sa.text(
    "SELECT p.cents, p.received_on, p.reference, p.request_key, p.recorded_at, p.recorded_by_id, p.pledge_id, "
    "pledges.edition_id FROM pledge_payments p JOIN pledges ON pledges.id = p.pledge_id ORDER BY p.id"
).columns(recorded_at=UTCDateTime(), received_on=sa.Date())
AWARDS = sa.text(
    "SELECT a.id, a.decided_at, a.decided_by_id, a.paid_on, a.payment_reference, prizes.edition_id "
    "FROM awards a JOIN prizes ON prizes.id = a.prize_id ORDER BY a.id"
).columns(decided_at=UTCDateTime(), paid_on=sa.Date())


@dataclass(frozen=True)
class _Act:
    """A transaction to write."""

    kind: str
    key: str
    edition_id: int
    happened_on: date
    recorded_at: datetime
    recorded_by_id: int | None = None
    reference: str = ""


def carry_over(connection: Connection) -> None:
    """Write everything, in the order in which money moves."""
    for pledge in connection.execute(PLEDGES).mappings().all():
        _pledge(connection, pledge)
    for payment in connection.execute(PAYMENTS).mappings().all():
        _payment(connection, payment)
    for award in connection.execute(AWARDS).mappings().all():
        _award(connection, award)


def _pledge(connection: Connection, pledge: RowMapping) -> None:
    same = {"edition_id": pledge["edition_id"], "pledge_id": pledge["id"], "custody": pledge["custody"]}
    connection.execute(sa.insert(ACCOUNTS), [{**same, "kind": kind} for kind in KINDS])
    ready, made = "held" if pledge["custody"] == "direct" else "promised", pledge["pledged_at"]
    parts = _moved([(pledge["id"], pledge["promised_cents"])], "sponsor", ready)
    _post(connection, _Act("pledge", f"pledge/{pledge['id']}", pledge["edition_id"], made.date(), made), parts)


def _payment(connection: Connection, payment: RowMapping) -> None:
    parts = _moved([(payment["pledge_id"], payment["cents"])], "promised", "held")
    act = _Act(
        "receipt",
        f"receipt/{payment['request_key']}",
        payment["edition_id"],
        payment["received_on"],
        payment["recorded_at"],
        payment["recorded_by_id"],
        payment["reference"],
    )
    _post(connection, act, parts)


def _award(connection: Connection, award: RowMapping) -> None:
    query = sa.text("SELECT pledge_id, cents FROM award_fundings WHERE award_id = :award ORDER BY pledge_id")
    funded = [(row[0], row[1]) for row in connection.execute(query, {"award": award["id"]})]
    if not funded:
        return
    key, decided, edition_id = f"award/{award['id']}", award["decided_at"], award["edition_id"]
    act = _Act("award", key, edition_id, decided.date(), decided, award["decided_by_id"])
    _post(connection, act, _moved(funded, "held", "awarded"))
    connection.execute(sa.text("UPDATE awards SET ledger_key = :key WHERE id = :id"), {"key": key, "id": award["id"]})
    if award["paid_on"]:
        paid = replace(
            act,
            kind="payment",
            key=f"payment/{key}",
            happened_on=award["paid_on"],
            reference=award["payment_reference"],
        )
        _post(connection, paid, _moved(funded, "awarded", "paid"))


def _moved(parts: Sequence[tuple[int, int]], source: str, target: str) -> dict[tuple[int, str], int]:
    moved = {}
    for pledge_id, cents in parts:
        moved[pledge_id, source], moved[pledge_id, target] = -cents, cents
    return moved


def _post(connection: Connection, act: _Act, parts: Mapping[tuple[int, str], int]) -> None:
    for (pledge_id, account), cents in parts.items():
        found = sa.select(ACCOUNTS.c.id).where(ACCOUNTS.c.pledge_id == pledge_id, ACCOUNTS.c.kind == account)
        line = {"transaction_key": act.key, "account_id": connection.scalar(found), "cents": cents}
        connection.execute(sa.insert(LINES), [line])
    written = asdict(act)
    reference = written.pop("reference")
    details = {"reference": reference} if reference else {}
    connection.execute(sa.insert(TRANSACTIONS), [{**written, "decision": "", "details": details}])
