"""The rounds of an edition, and the entries chosen for the second."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.editions.models import Edition
from hackaviz.kernel.database import Base, enum_column
from submissions.entries.models import Entry


class RoundKind(StrEnum):
    """Which round: all entries, or those chosen to be looked at by further jurors."""

    QUALIFICATION = "qualification"
    FINALISTS = "finalists"


class MarksShown(StrEnum):
    """When a juror sees the marks of the others."""

    AFTER_OWN = "after-own"
    AT_DELIBERATION = "at-deliberation"


class Round(Base):
    """A part of an edition's judging. `reviews_needed` counts further reviews; None is the edition's own number."""

    __tablename__ = "rounds"
    __table_args__ = (
        UniqueConstraint("edition_id", "kind"),
        CheckConstraint("opens_at < closes_at", name="round_in_order"),
        CheckConstraint("reviews_needed >= 1", name="reviews_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    kind: Mapped[RoundKind] = mapped_column(enum_column(RoundKind))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    reviews_needed: Mapped[int | None]
    is_blind: Mapped[bool] = mapped_column(default=True)
    marks_shown: Mapped[MarksShown] = mapped_column(enum_column(MarksShown), default=MarksShown.AT_DELIBERATION)

    edition: Mapped[Edition] = relationship()
    finalists: Mapped[list["Finalist"]] = relationship(back_populates="round", cascade="all, delete-orphan")

    @property
    def opens_with_jury(self) -> bool:
        """Whether it is the first: its own `opens_at` is what the edition said when rounds were planned."""
        return self.kind is RoundKind.QUALIFICATION

    @property
    def closes_with_jury(self) -> bool:
        """Whether it is the last, by the same token."""
        return self.kind is RoundKind.FINALISTS


class Finalist(Base):
    """An entry that an organiser confirmed for the second round."""

    __tablename__ = "finalists"
    __table_args__ = (UniqueConstraint("round_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("rounds.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    chosen_at: Mapped[datetime]
    chosen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    round: Mapped[Round] = relationship(back_populates="finalists")
    entry: Mapped[Entry] = relationship()
