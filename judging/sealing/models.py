"""Sealed results: files as they were sealed, never rewritten."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from hackaviz.kernel.database import Base


class Seal(Base):
    """The result of an edition at an instant, in both forms, each with the SHA-256 of its file.

    An amendment is a new row, chained to the one before.
    """

    __tablename__ = "seals"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    number: Mapped[int]
    sealed_at: Mapped[datetime]
    sealed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # The digest of what was sealed without number, date and salts: the same result is sealed once.
    content_sha256: Mapped[str] = mapped_column(String(64))
    full: Mapped[str] = mapped_column(Text)
    full_sha256: Mapped[str] = mapped_column(String(64))
    public: Mapped[str] = mapped_column(Text)
    public_sha256: Mapped[str] = mapped_column(String(64))
