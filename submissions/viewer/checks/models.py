"""Check reports of uploads, made by jobs."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hackaviz.kernel.database import Base, enum_column
from submissions.entries.models import Upload


class CheckState(StrEnum):
    """Where a check stands."""

    DUE = "due"
    READY = "ready"
    FAILED = "failed"


class WorkCheck(Base):
    """What was seen of an upload when a browser really loaded it: due until a job has looked.

    `report` holds plain facts, as `checks.facts.Facts` reads them; the findings are drawn from them when a page is
    shown, because sheet and citations change. `pictures` are by name ("wide", "narrow", "wide-deuteranopia" …):
    {"key", "bytes", "width", "height"}. "failed" is a report without a browser: what can be said without one.
    """

    __tablename__ = "work_checks"

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("uploads.id"), unique=True)
    state: Mapped[CheckState] = mapped_column(enum_column(CheckState), default=CheckState.DUE, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    error: Mapped[str | None] = mapped_column(Text)
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    pictures: Mapped[dict[str, Any]] = mapped_column(default=dict)

    upload: Mapped[Upload] = relationship()
