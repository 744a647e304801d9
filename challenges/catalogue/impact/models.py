"""How often datasets were looked at and taken, by day. No row says by whom."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from hackaviz.kernel.database import Base


class DatasetUse(Base):
    """The views of a dataset's page and the downloads of its files on one day (UTC)."""

    __tablename__ = "dataset_uses"
    __table_args__ = (CheckConstraint("views >= 0 AND downloads >= 0", name="uses_are_counts"),)

    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    views: Mapped[int] = mapped_column(default=0)
    downloads: Mapped[int] = mapped_column(default=0)
