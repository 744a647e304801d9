"""Where datasets were harvested, and what each source last said of them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.catalogue.models import Dataset
from hackaviz.kernel.database import Base


class HarvestSource(Base):
    """A portal's address or a file. `address` is what makes it the same source the next time."""

    __tablename__ = "harvest_sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(600), unique=True)
    name: Mapped[str] = mapped_column(String(300))
    format: Mapped[str] = mapped_column(String(24))
    created_at: Mapped[datetime]
    harvested_at: Mapped[datetime]


class HarvestedRecord(Base):
    """A dataset at its source. `said` is what the harvest last wrote into the dataset: a fact that differs from it now
    was changed by a steward and is kept. `vanished_at` is when its source no longer had it; nothing is deleted. A
    dataset has two where duplicates were merged.
    """

    __tablename__ = "harvested_records"
    __table_args__ = (UniqueConstraint("source_id", "identifier"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("harvest_sources.id"))
    identifier: Mapped[str] = mapped_column(String(600))
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    said: Mapped[dict[str, Any]]
    seen_at: Mapped[datetime]
    vanished_at: Mapped[datetime | None]

    dataset: Mapped[Dataset] = relationship()
    source: Mapped[HarvestSource] = relationship()
