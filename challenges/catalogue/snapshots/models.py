"""Files as they were when an edition pinned them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.catalogue.models import Dataset
from challenges.catalogue.snapshots.rules import SnapshotState
from challenges.editions.models import Edition
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import Base, enum_column
from hackaviz.kernel.identifiers import new_public_id


class DatasetSnapshot(Base):
    """The exact bytes of a file that an edition works with, whatever becomes of the file.

    `resource_id` names the file while it is still attached. One that is kept elsewhere waits until a job has fetched it
    from `url`; `failure` is the code of why that did not succeed.
    """

    __tablename__ = "dataset_snapshots"
    __table_args__ = (
        UniqueConstraint("edition_id", "resource_id"),
        CheckConstraint(
            "(state = 'kept') = (storage_key IS NOT NULL AND sha256 IS NOT NULL AND bytes IS NOT NULL"
            " AND taken_at IS NOT NULL)",
            name="kept_with_its_bytes",
        ),
        Index("ix_dataset_snapshots_state_due_at", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"), index=True)
    resource_id: Mapped[int | None] = mapped_column(ForeignKey("resources.id", ondelete="SET NULL"), index=True)
    title: Mapped[Bilingual]
    format: Mapped[str] = mapped_column(String(40))
    file_name: Mapped[str] = mapped_column(String(255))
    url: Mapped[str] = mapped_column(String(2000), default="")
    pinned_at: Mapped[datetime]
    pinned_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    state: Mapped[SnapshotState] = mapped_column(enum_column(SnapshotState))
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(String(60), default="")
    storage_key: Mapped[str | None] = mapped_column(String(200))
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    taken_at: Mapped[datetime | None]
    inspection: Mapped[dict[str, Any] | None]

    edition: Mapped[Edition] = relationship()
    dataset: Mapped[Dataset] = relationship()
