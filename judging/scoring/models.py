"""Reviews: a juror's marks and comments on an entry."""

from collections.abc import Hashable
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base
from hackaviz.kernel.identifiers import new_public_id
from submissions.entries.models import Entry


class Review(Base):
    """One juror's review of one entry. `revision` grows with each save, so that two tabs never overwrite silently."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("juror_id", "entry_id"),
        CheckConstraint("revision >= 0", name="revision_from_zero"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)
    juror_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    comment_to_team: Mapped[str] = mapped_column(Text, default="")
    comment_private: Mapped[str] = mapped_column(Text, default="")
    revision: Mapped[int] = mapped_column(default=0)
    last_save_key: Mapped[str | None] = mapped_column(String(60))
    started_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    juror: Mapped[Person] = relationship()
    entry: Mapped[Entry] = relationship()
    marks: Mapped[list["Mark"]] = relationship(back_populates="review", cascade="all, delete-orphan")

    @property
    def given(self) -> dict[Hashable, int]:
        """The marks there are: criterion → mark."""
        return {mark.criterion_id: mark.value for mark in self.marks}


class Mark(Base):
    """A mark on one criterion; a missing one has no row, and is never 0."""

    __tablename__ = "marks"
    __table_args__ = (
        UniqueConstraint("review_id", "criterion_id"),
        CheckConstraint("value >= 0", name="mark_from_zero"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("reviews.id"))
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id"))
    value: Mapped[int]

    review: Mapped[Review] = relationship(back_populates="marks")


class MarkEntry(Base):
    """A review as it was saved once: a link of its edition's log of marks. Rows are only ever added.

    `salt` opens the commitment to the comments and is in no digest, so that the log can be shown without it.
    """

    __tablename__ = "mark_entries"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    number: Mapped[int]
    at: Mapped[datetime]
    content: Mapped[dict[str, Any]]
    salt: Mapped[str] = mapped_column(String(32))
    previous_sha256: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
