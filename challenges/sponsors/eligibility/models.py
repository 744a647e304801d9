"""What people state so that it can be told early which prizes they may win, and who takes part hors concours."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.sponsors.eligibility.rules import Tie
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base, enum_column


class PrizeStatement(Base):
    """What a person states of themselves for the prizes of an edition; only what these ask for is known."""

    __tablename__ = "prize_statements"
    __table_args__ = (
        UniqueConstraint("edition_id", "person_id"),
        CheckConstraint("(tie = 'none') = (tie_to = '')", name="tie_is_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    born_on: Mapped[date | None]
    region: Mapped[str] = mapped_column(String(120), default="")
    is_first_entry: Mapped[bool | None]
    tie: Mapped[Tie] = mapped_column(enum_column(Tie))
    tie_to: Mapped[str] = mapped_column(String(200), default="")
    stated_at: Mapped[datetime]


class HorsConcours(Base):
    """A person whom the organisers let take part without winning: staff of a sponsor, a relative of a juror."""

    __tablename__ = "hors_concours"
    __table_args__ = (UniqueConstraint("edition_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    reason: Mapped[str] = mapped_column(String(500))
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
