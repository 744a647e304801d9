"""The jury's meeting, who was there, and its votes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.briefs.models import Challenge
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base, enum_column
from judging.deliberation.rules import DecisionKind
from submissions.entries.models import Entry


class Meeting(Base):
    """The deliberation of an edition: while it is open, jurors read each other's reviews of what they may discuss.

    On the table is an entry, a whole challenge, or nothing; `turn` grows with all that screens show.
    """

    __tablename__ = "jury_meetings"
    __table_args__ = (
        UniqueConstraint("edition_id"),
        CheckConstraint("entry_id IS NULL OR challenge_id IS NOT NULL", name="an_entry_has_its_challenge"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenges.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    turn: Mapped[int] = mapped_column(default=0)

    challenge: Mapped[Challenge | None] = relationship()
    entry: Mapped[Entry | None] = relationship()

    @property
    def is_open(self) -> bool:
        """Whether jurors may follow it now."""
        return self.closed_at is None


class Attendance(Base):
    """A juror's stay at a meeting, as the chair noted it. Whoever comes back has another row."""

    __tablename__ = "meeting_attendances"
    __table_args__ = (CheckConstraint("left_at >= arrived_at", name="arrives_before_leaving"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("jury_meetings.id"), index=True)
    juror_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    arrived_at: Mapped[datetime]
    left_at: Mapped[datetime | None]
    noted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    juror: Mapped[Person] = relationship(foreign_keys=[juror_id])


class Decision(Base):
    """One vote: on an entry, or on a whole challenge. Rows are only added; the last one that was carried holds."""

    __tablename__ = "jury_decisions"
    __table_args__ = (
        CheckConstraint("votes_for >= 0 AND votes_against >= 0 AND abstained >= 0", name="votes_from_zero"),
        CheckConstraint("reason <> ''", name="has_a_reason"),
        CheckConstraint("(kind = 'place') = (place IS NOT NULL)", name="a_move_has_a_place"),
        CheckConstraint("(kind IN ('no-winner', 'winner')) = (entry_id IS NULL)", name="is_on_an_entry_or_a_challenge"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    kind: Mapped[DecisionKind] = mapped_column(enum_column(DecisionKind))
    place: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text)
    votes_for: Mapped[int]
    votes_against: Mapped[int]
    abstained: Mapped[int]
    # How many could vote, without those who have a conflict, and how many votes were needed.
    voters: Mapped[int]
    quorum: Mapped[int]
    # How many of these were noted as present; None where nobody noted it.
    present: Mapped[int | None]
    is_carried: Mapped[bool]
    decided_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    challenge: Mapped[Challenge] = relationship()
    entry: Mapped[Entry | None] = relationship()
    recorded_by: Mapped[Person | None] = relationship()
