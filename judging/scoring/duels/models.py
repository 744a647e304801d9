"""Duels: two works side by side, and which of them a juror prefers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hackaviz.kernel.database import Base


class DuelVoting(Base):
    """When the jurors of an edition compare works in pairs, both instants included, and whether only finalists."""

    __tablename__ = "duel_votings"
    __table_args__ = (
        UniqueConstraint("edition_id"),
        CheckConstraint("opens_at < closes_at", name="duels_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    finalists_only: Mapped[bool] = mapped_column(default=False)


class Duel(Base):
    """One vote. An undone one stays as a trace and counts no more; a page sent twice carries one `request_key`."""

    __tablename__ = "duels"
    __table_args__ = (
        UniqueConstraint("request_key"),
        CheckConstraint("winner_id <> loser_id", name="two_works"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    winner_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    loser_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    voted_at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    request_key: Mapped[str] = mapped_column(String(60))
