"""CHECKs that later allow more, in tables that others refer to."""

from typing import Any

from sqlalchemy import text


def relax_check(op: Any, *, table: str, name: str, before: str, after: str) -> None:
    """Let the CHECK `name` of a table say `after` instead of `before`, which allowed less.

    On SQLite a table is not built anew for that, which would drop its triggers and break those that name it: its
    description alone changes, as SQLite's own page on ALTER TABLE describes for constraints.
    """
    if op.get_bind().dialect.name != "sqlite":
        op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        op.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({after})")
        return
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = connection.execute(
        text("UPDATE sqlite_master SET sql = replace(sql, :before, :after) WHERE type = 'table' AND name = :name"),
        {"before": f"{name} CHECK ({before})", "after": f"{name} CHECK ({after})", "name": table},
    )
    if changed.rowcount != 1:
        raise RuntimeError(f"{table} has no description to change")
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
