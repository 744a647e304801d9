"""Conditions of prizes and pledges, what people state so that these can be checked, and who is hors concours."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Constraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.sponsors.eligibility.rules import Tie
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base, enum_column


class ConditionColumns:
    """Who may win a prize, or be paid by a pledge. Each member of a team must meet every condition."""

    students_only: Mapped[bool] = mapped_column(default=False)
    # Younger than this on that day.
    under_age: Mapped[int | None]
    age_on: Mapped[date | None]
    region: Mapped[str] = mapped_column(String(120), default="")
    first_entry_only: Mapped[bool] = mapped_column(default=False)


def condition_checks() -> tuple[Constraint, ...]:
    """What must hold of these columns in each table that has them."""
    return (
        CheckConstraint("(under_age IS NULL) = (age_on IS NULL)", name="age_at_a_date"),
        CheckConstraint("under_age IS NULL OR under_age BETWEEN 1 AND 120", name="age_is_human"),
    )


class PledgeRule(ConditionColumns, Base):
    """The conditions of a giver: a pledge with such a row pays only teams that meet them."""

    __tablename__ = "pledge_rules"
    __table_args__ = condition_checks()

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True)


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
