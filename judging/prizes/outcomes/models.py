"""Decisions about prizes that nobody gets. Rows are only ever added; the ledger moves the money."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.editions.models import Edition
from challenges.sponsors.models import Pledge, Prize
from hackaviz.kernel.database import Base, Cents, enum_column
from judging.prizes.outcomes.rules import Way


class PrizeOutcome(Base):
    """What was decided about the money of a prize. A form sent twice carries one `request_key`."""

    __tablename__ = "prize_outcomes"
    __table_args__ = (
        CheckConstraint("cents > 0", name="outcome_is_positive"),
        CheckConstraint("(way = 'move') = (target_prize_id IS NOT NULL)", name="moved_to_a_prize"),
        CheckConstraint("(way = 'carry_over') = (target_edition_id IS NOT NULL)", name="carried_to_an_edition"),
        CheckConstraint("decision <> ''", name="outcome_is_decided"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    prize_id: Mapped[int] = mapped_column(ForeignKey("prizes.id"), index=True)
    way: Mapped[Way] = mapped_column(enum_column(Way))
    cents: Mapped[int] = mapped_column(Cents)
    target_prize_id: Mapped[int | None] = mapped_column(ForeignKey("prizes.id"))
    target_edition_id: Mapped[int | None] = mapped_column(ForeignKey("editions.id"))
    decision: Mapped[str] = mapped_column(Text)
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    request_key: Mapped[str] = mapped_column(String(60), unique=True)

    prize: Mapped[Prize] = relationship(foreign_keys=[prize_id])
    target_prize: Mapped[Prize | None] = relationship(foreign_keys=[target_prize_id])
    target_edition: Mapped[Edition | None] = relationship()
    parts: Mapped[list["OutcomePart"]] = relationship(back_populates="outcome", order_by="OutcomePart.pledge_id")


class OutcomePart(Base):
    """Whose money it was: cents of a pledge, and the act of the ledger that moved them."""

    __tablename__ = "prize_outcome_parts"
    __table_args__ = (CheckConstraint("cents > 0", name="part_is_positive"),)

    outcome_id: Mapped[int] = mapped_column(ForeignKey("prize_outcomes.id"), primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    cents: Mapped[int] = mapped_column(Cents)
    # None where the money stayed in its pool, for another prize: the award of that prize moves it.
    transaction_key: Mapped[str | None] = mapped_column(String(100), unique=True)

    outcome: Mapped[PrizeOutcome] = relationship(back_populates="parts")
    pledge: Mapped[Pledge] = relationship()
