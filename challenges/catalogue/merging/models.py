"""What merging leaves behind: addresses that lead on, and pairs that are no duplicates."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from hackaviz.kernel.database import Base


class FormerAddress(Base):
    """The address of a dataset that was merged into another: links to it lead on, versions that cite it hold."""

    __tablename__ = "former_addresses"

    slug: Mapped[str] = mapped_column(String(120), primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"), index=True)
    merged_at: Mapped[datetime]


class DistinctPair(Base):
    """Two datasets that look alike, and that a steward keeps apart. The first has the lower number."""

    __tablename__ = "distinct_pairs"
    __table_args__ = (CheckConstraint("first_id < second_id", name="pair_in_order"),)

    first_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True, index=True)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime]
