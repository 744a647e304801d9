"""Still images of entries, made by jobs."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hackaviz.kernel.database import Base, enum_column
from submissions.entries.models import Upload


class PreviewState(StrEnum):
    """Where a preview stands."""

    DUE = "due"
    READY = "ready"
    FAILED = "failed"


class Preview(Base):
    """The still image of an upload: due until a job has made it. `leased_until` keeps two jobs from making it at once.

    `pages` holds the images of a document's pages: a list of {"key", "width", "height"}. `stills` holds the same image
    in several widths: a list of {"width", "height", "webp", "avif"}, the last two being {"key", "bytes"}.
    """

    __tablename__ = "previews"

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("uploads.id"), unique=True)
    state: Mapped[PreviewState] = mapped_column(enum_column(PreviewState), default=PreviewState.DUE, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    large_key: Mapped[str | None] = mapped_column(String(200))
    small_key: Mapped[str | None] = mapped_column(String(200))
    width: Mapped[int | None]
    height: Mapped[int | None]
    is_drawn_label: Mapped[bool] = mapped_column(default=False)
    pages: Mapped[list[Any]] = mapped_column(default=list)
    stills: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    error: Mapped[str | None] = mapped_column(Text)

    upload: Mapped[Upload] = relationship()
