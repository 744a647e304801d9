"""The exercise before judging: works that everybody scores, and what each gave."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.briefs.models import Challenge
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base
from submissions.entries.models import Entry, Upload


class TrainingWork(Base):
    """A work that is out of the contest, scored by the rubric of one of the edition's challenges.

    Either a public one of another edition, or one that organisers brought, which was never handed in.
    """

    __tablename__ = "training_works"
    __table_args__ = (UniqueConstraint("edition_id", "number"), UniqueConstraint("edition_id", "entry_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    number: Mapped[int]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    chosen_at: Mapped[datetime]

    entry: Mapped[Entry] = relationship()
    challenge: Mapped[Challenge] = relationship()
    reviews: Mapped[list["TrainingReview"]] = relationship(back_populates="work", cascade="all, delete-orphan")

    @property
    def is_uploaded(self) -> bool:
        """Whether organisers brought it."""
        return self.entry.current_version_id is None

    @property
    def upload(self) -> Upload | None:
        """The file that is shown."""
        version = self.entry.current_version
        return version.upload if version else self.entry.current_upload


class TrainingReview(Base):
    """What a juror gave a training work: criterion → mark. Everybody sees the spread, nothing counts."""

    __tablename__ = "training_reviews"
    __table_args__ = (UniqueConstraint("work_id", "juror_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    work_id: Mapped[int] = mapped_column(ForeignKey("training_works.id"))
    juror_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    marks: Mapped[dict[str, Any]]
    given_at: Mapped[datetime]

    work: Mapped[TrainingWork] = relationship(back_populates="reviews")
    juror: Mapped[Person] = relationship()
