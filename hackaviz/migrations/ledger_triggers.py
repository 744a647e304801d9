"""Triggers of the ledger: it is written once, every transaction sums to zero, and nothing is overdrawn, even by hand.

A line moves the balance of its account, whose CHECK refuses an overdraft; the row is locked by that, so a race is
refused too. A transaction comes after its lines: it is refused unless they sum to zero, and closes them.
"""

from collections.abc import Iterable, Iterator
from typing import Any

UNCHANGEABLE = ("ledger_lines", "ledger_transactions", "payment_reversals")

CLOSED = "EXISTS (SELECT 1 FROM ledger_transactions WHERE key = NEW.transaction_key)"
# A transaction of less than two lines, or whose lines do not sum to zero, or touch another edition.
UNBALANCED = (
    "(SELECT COUNT(*) < 2 OR SUM(cents) <> 0 FROM ledger_lines WHERE transaction_key = NEW.key) "
    "OR EXISTS (SELECT 1 FROM ledger_lines JOIN ledger_accounts ON ledger_accounts.id = ledger_lines.account_id "
    "WHERE transaction_key = NEW.key AND edition_id <> NEW.edition_id)"
)
# Both together must leave every account as it was.
NOT_OPPOSITE = (
    "NEW.reverses_id IS NOT NULL AND EXISTS (SELECT 1 FROM ledger_lines WHERE transaction_key IN "
    "(NEW.key, (SELECT key FROM ledger_transactions WHERE id = NEW.reverses_id)) "
    "GROUP BY account_id HAVING SUM(cents) <> 0)"
)
MOVED = "NEW.id <> OLD.id OR NEW.edition_id <> OLD.edition_id OR NEW.pledge_id <> OLD.pledge_id OR NEW.kind <> OLD.kind"
# PostgreSQL writes all rows of a statement before their triggers, so there a sum would count later lines too soon: what
# is refused is a change of a balance by hand, outside the trigger of a line.
MISCOUNTED = {
    "sqlite": "NEW.balance_cents <> (SELECT COALESCE(SUM(cents), 0) FROM ledger_lines WHERE account_id = NEW.id)",
    "postgresql": "pg_trigger_depth() = 1 AND NEW.balance_cents <> OLD.balance_cents",
}
NOT_EMPTY = "NEW.balance_cents <> 0"

KEEP_BALANCE = "UPDATE ledger_accounts SET balance_cents = balance_cents + NEW.cents WHERE id = NEW.account_id;"
KEEP_RELEASED = (
    "UPDATE pledges SET released_cents = released_cents + NEW.cents WHERE id = (SELECT pledge_id FROM ledger_accounts "
    "WHERE id = NEW.account_id AND kind IN ('costs', 'refunded', 'carried_over'));"
)
TAKE_PAYMENT_BACK = (
    "UPDATE pledges SET received_cents = received_cents - "
    "(SELECT cents FROM pledge_payments WHERE id = NEW.payment_id) "
    "WHERE id = (SELECT pledge_id FROM pledge_payments WHERE id = NEW.payment_id);"
)

# What is refused before a row is written: name, event, table, condition (by dialect where it differs), words.
REFUSALS: tuple[tuple[str, str, str, str | dict[str, str], str], ...] = (
    ("ledger_line_closed", "INSERT", "ledger_lines", CLOSED, "this ledger transaction is closed"),
    ("ledger_unbalanced", "INSERT", "ledger_transactions", UNBALANCED, "these lines do not sum to zero"),
    ("ledger_not_opposite", "INSERT", "ledger_transactions", NOT_OPPOSITE, "this is not the opposite"),
    ("ledger_account_moved", "UPDATE", "ledger_accounts", MOVED, "accounts of the ledger keep their names"),
    ("ledger_account_miscounted", "UPDATE", "ledger_accounts", MISCOUNTED, "a balance is the sum of its lines"),
    ("ledger_account_not_empty", "INSERT", "ledger_accounts", NOT_EMPTY, "accounts begin empty"),
)  # fmt: skip
# What follows a row: name, table, statements.
CONSEQUENCES = (
    ("ledger_keep_balance", "ledger_lines", f"{KEEP_BALANCE} {KEEP_RELEASED}"),
    ("take_payment_back", "payment_reversals", TAKE_PAYMENT_BACK),
)


def create_triggers(op: Any) -> None:
    """Create every trigger in the dialect of the database."""
    for statement in _sqlite() if op.get_bind().dialect.name == "sqlite" else _postgresql():
        op.execute(statement)


def drop_triggers(op: Any) -> None:
    """Drop them, and the functions that PostgreSQL keeps: on SQLite no column can go that a trigger names."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for name in [*(refusal[0] for refusal in REFUSALS), *(each[0] for each in CONSEQUENCES)]:
        gone = f"TRIGGER {name}" if is_sqlite else f"FUNCTION {name}() CASCADE"
        op.execute(f"DROP {gone}")


def _sqlite() -> Iterator[str]:
    for name, event, table, condition, words in _refusals("sqlite"):
        refused = f"SELECT RAISE(ABORT, '{words}');"
        yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {condition} BEGIN {refused} END"
    for name, table, statements in CONSEQUENCES:
        yield f"CREATE TRIGGER {name} AFTER INSERT ON {table} BEGIN {statements} END"
    for table, act in _refused_acts():
        refused = f"SELECT RAISE(ABORT, '{table} is append-only');"
        yield f"CREATE TRIGGER refuse_{act.lower()}_{table} BEFORE {act} ON {table} BEGIN {refused} END"


def _postgresql() -> Iterator[str]:
    for name, event, table, condition, words in _refusals("postgresql"):
        yield (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF {condition} THEN "
            f"RAISE EXCEPTION '{words}' USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        )
        yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    for name, table, statements in CONSEQUENCES:
        yield f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {statements} RETURN NULL; END $$"
        yield f"CREATE TRIGGER {name} AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    for table, act in _refused_acts():
        name = f"refuse_{act.lower()}_{table}"
        yield f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"


def _refusals(dialect: str) -> Iterator[tuple[str, str, str, str, str]]:
    for name, event, table, condition, words in REFUSALS:
        yield name, event, table, condition if isinstance(condition, str) else condition[dialect], words


def _refused_acts() -> Iterable[tuple[str, str]]:
    return [*((table, act) for table in UNCHANGEABLE for act in ("UPDATE", "DELETE")), ("ledger_accounts", "DELETE")]
