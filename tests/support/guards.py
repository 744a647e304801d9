"""Taking a guard of the database away, as somebody does who may change the schema."""

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session


def unguarded(session: Session, trigger: str, table: str) -> TextClause:
    """The statement that drops a trigger."""
    on_table = f" ON {table}" if session.get_bind().dialect.name == "postgresql" else ""
    return text(f"DROP TRIGGER {trigger}{on_table}")
