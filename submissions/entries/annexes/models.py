"""Annexes: rows are added, and marked when a team takes one back. The last one that is not is the entry's."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hackaviz.kernel.database import Base
from hackaviz.kernel.identifiers import new_public_id
from submissions.entries.models import Entry


class Annex(Base):
    """A file of sources. `names` are the first files in it, where it is an archive."""

    __tablename__ = "annexes"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(200))
    names: Mapped[list[Any]] = mapped_column(default=list)
    received_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    entry: Mapped[Entry] = relationship()

    def as_frozen(self) -> dict[str, Any]:
        """How a manifest names it."""
        return {"file_name": self.file_name, "bytes": self.bytes, "sha256": self.sha256}
