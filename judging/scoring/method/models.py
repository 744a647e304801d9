"""Which method ranks, since when, and why it changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.briefs.models import Challenge
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base, enum_column
from judging.ranking.contest import TieRule
from judging.scoring.method.rules import Method


class MethodChoice(Base):
    """A method named for an edition, or for one of its challenges. Rows are only added: the last one holds."""

    __tablename__ = "method_choices"
    __table_args__ = (CheckConstraint("NOT is_amendment OR reason <> ''", name="amendment_has_a_reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenges.id"))
    method: Mapped[Method] = mapped_column(enum_column(Method))
    ties: Mapped[TieRule] = mapped_column(enum_column(TieRule))
    # Named once the jury had begun.
    is_amendment: Mapped[bool]
    reason: Mapped[str] = mapped_column(Text, default="")
    chosen_at: Mapped[datetime]
    chosen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    challenge: Mapped[Challenge | None] = relationship()
    chosen_by: Mapped[Person | None] = relationship()
