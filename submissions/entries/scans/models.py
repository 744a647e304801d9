"""Looks of the antivirus. There are none where no antivirus is configured."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hackaviz.kernel.database import Base, enum_column
from submissions.entries.models import Upload


class ScanState(StrEnum):
    """Where a look stands: due until the scanner has answered."""

    DUE = "due"
    CLEAN = "clean"
    INFECTED = "infected"


class VirusScan(Base):
    """The look at an upload. `told` is the signature that was found, or why the scanner gave no answer."""

    __tablename__ = "virus_scans"

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("uploads.id"), unique=True)
    state: Mapped[ScanState] = mapped_column(enum_column(ScanState), index=True)
    told: Mapped[str] = mapped_column(String(200), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]

    upload: Mapped[Upload] = relationship()
