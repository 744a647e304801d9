"""Published results: snapshots, each dated, never rewritten."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.editions.models import Edition
from hackaviz.kernel.database import Base


class Publication(Base):
    """Results as they were when an organiser published them, public from `public_at` on.

    A correction is a new row with a reason.
    """

    __tablename__ = "publications"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    number: Mapped[int]
    public_at: Mapped[datetime]
    prepared_at: Mapped[datetime]
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    snapshot: Mapped[dict[str, Any]]
    snapshot_sha256: Mapped[str] = mapped_column(String(64))

    edition: Mapped[Edition] = relationship()
