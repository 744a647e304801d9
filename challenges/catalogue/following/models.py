"""Who follows which dataset, and what followers were told last."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.catalogue.models import Dataset
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base


class DatasetFollower(Base):
    """A person who is told when a dataset changes."""

    __tablename__ = "dataset_followers"

    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    since: Mapped[datetime]

    dataset: Mapped[Dataset] = relationship()
    person: Mapped[Person] = relationship()


class FollowedDataset(Base):
    """A dataset that somebody follows. `known` is what followers know of it (`rules.Known`), compared at `look_at`."""

    __tablename__ = "followed_datasets"
    __table_args__ = (Index("ix_followed_datasets_look_at", "look_at"),)

    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True)
    known: Mapped[dict[str, Any]]
    look_at: Mapped[datetime]

    dataset: Mapped[Dataset] = relationship()
