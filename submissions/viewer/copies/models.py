"""Shown copies of uploads, and the files in which they differ from what was sent."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hackaviz.kernel.database import Base, enum_column
from submissions.entries.models import Upload


class CopyState(StrEnum):
    """Where a shown copy stands."""

    DUE = "due"
    READY = "ready"
    FAILED = "failed"


class ShownCopy(Base):
    """The shown copy of an upload: due until a job has made it. Until then, and when it failed, the original is shown.

    `report` says what was done: "frozen" (url, path, and the release that stands in), "not_frozen" (url, why),
    "cleaned" (path, what), "hosts" that are still asked, and "urls" that were found in the texts of the work.
    """

    __tablename__ = "shown_copies"

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("uploads.id"), unique=True)
    state: Mapped[CopyState] = mapped_column(enum_column(CopyState), default=CopyState.DUE, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)

    upload: Mapped[Upload] = relationship()


class ShownFile(Base):
    """A file of a shown copy that replaces the upload's file at its path, or stands beside them.

    `origin` says where it comes from: "cleaned", "rendered", "rewritten", or the address that was copied in.
    """

    __tablename__ = "shown_files"
    __table_args__ = (UniqueConstraint("upload_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("uploads.id"))
    path: Mapped[str] = mapped_column(String(1000))
    media_type: Mapped[str] = mapped_column(String(120))
    bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(200))
    origin: Mapped[str] = mapped_column(String(2000))
