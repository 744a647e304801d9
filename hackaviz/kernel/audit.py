"""The log of actions: who did what, when, on what. Rows are only ever added."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Index, String, exists
from sqlalchemy.orm import Mapped, Session, mapped_column

from hackaviz.kernel.database import Base


class Action(Base):
    """One act. `verb` reads "entry.hand_in"; `details` holds what an auditor needs beside it."""

    __tablename__ = "actions"
    __table_args__ = (
        Index("ix_actions_edition_id_at", "edition_id", "at"),
        Index("ix_actions_subject", "subject_type", "subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    verb: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"))
    subject_type: Mapped[str] = mapped_column(String(60))
    subject_id: Mapped[int]
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


def record(
    session: Session,
    verb: str,
    *,
    subject: Any,
    actor: Any | None,
    now: datetime,
    edition_id: int | None = None,
    **details: Any,
) -> Action:
    """Add an act to the log, in the transaction of the act itself. Flushes so that `subject` has its number."""
    session.flush()
    action = Action(
        at=now,
        verb=verb,
        actor_id=actor.id if actor is not None else None,
        edition_id=edition_id,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        details=details,
    )
    session.add(action)
    return action


def is_logged(model: type[Any], verb: str) -> ColumnElement[bool]:
    """Whether the log has such an act on the row of a query on `model`."""
    about_it = (Action.subject_type == model.__tablename__, Action.subject_id == model.id)
    return exists().where(*about_it, Action.verb == verb)
