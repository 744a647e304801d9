"""Challenges, their rubric, and their dated changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.catalogue.models import Dataset
from challenges.editions.models import Edition, Visibility
from challenges.sponsors.models import Prize
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import Base, enum_column

challenge_datasets = Table(
    "challenge_datasets",
    Base.metadata,
    Column("challenge_id", ForeignKey("challenges.id"), primary_key=True),
    Column("dataset_id", ForeignKey("datasets.id"), primary_key=True),
)


class Challenge(Base):
    """One question of an edition."""

    __tablename__ = "challenges"
    __table_args__ = (
        UniqueConstraint("edition_id", "slug"),
        UniqueConstraint("edition_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("(visibility = 'published') = (published_at IS NOT NULL)", name="published_is_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    number: Mapped[int]
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[Bilingual]
    question: Mapped[Bilingual]
    brief: Mapped[Bilingual]
    visibility: Mapped[Visibility] = mapped_column(enum_column(Visibility), default=Visibility.DRAFT)
    published_at: Mapped[datetime | None]

    edition: Mapped[Edition] = relationship()
    criteria: Mapped[list["Criterion"]] = relationship(
        back_populates="challenge", order_by="Criterion.position", cascade="all, delete-orphan"
    )
    datasets: Mapped[list[Dataset]] = relationship(secondary=challenge_datasets, order_by=Dataset.slug)
    prizes: Mapped[list[Prize]] = relationship(order_by=Prize.place, viewonly=True)
    changes: Mapped[list["ChallengeChange"]] = relationship(
        back_populates="challenge", order_by="ChallengeChange.id.desc()"
    )


class Criterion(Base):
    """One line of the rubric. `labels` names each mark from 0 up, each as {"fr", "en"}."""

    __tablename__ = "criteria"
    __table_args__ = (
        UniqueConstraint("challenge_id", "position"),
        CheckConstraint("weight > 0", name="weight_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    position: Mapped[int]
    name: Mapped[Bilingual]
    question: Mapped[Bilingual]
    weight: Mapped[int]
    labels: Mapped[list[Any]]

    challenge: Mapped[Challenge] = relationship(back_populates="criteria")

    @property
    def highest_mark(self) -> int:
        """The best mark a juror may give."""
        return len(self.labels) - 1


class ChallengeChange(Base):
    """A change made after publication: what was written, what is written now."""

    __tablename__ = "challenge_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), index=True)
    at: Mapped[datetime]
    field: Mapped[str] = mapped_column(String(40))
    before: Mapped[Bilingual]
    after: Mapped[Bilingual]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    challenge: Mapped[Challenge] = relationship(back_populates="changes")
