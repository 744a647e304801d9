"""Awards: which entry gets which prize, and whose money pays it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.sponsors.models import Pledge, Prize
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base, Cents
from submissions.entries.models import Entry


class Award(Base):
    """A prize, or a share of one, given to an entry."""

    __tablename__ = "awards"
    __table_args__ = (UniqueConstraint("prize_id", "entry_id"), CheckConstraint("cents > 0", name="award_is_positive"))

    id: Mapped[int] = mapped_column(primary_key=True)
    prize_id: Mapped[int] = mapped_column(ForeignKey("prizes.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    cents: Mapped[int] = mapped_column(Cents)
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    paid_on: Mapped[date | None]
    payment_reference: Mapped[str] = mapped_column(String(160), default="")
    # Where the proof of the payment is kept, and how its sender named it.
    proof_key: Mapped[str | None] = mapped_column(String(200))
    proof_name: Mapped[str] = mapped_column(String(200), default="", server_default="")
    # What the award stands on (judging/prizes/standing.py); anything else makes it void until confirmed. Empty in
    # awards from before this was kept.
    ranking_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    # The transaction of the ledger that binds its money; None while nobody pays.
    ledger_key: Mapped[str | None] = mapped_column(String(100))

    prize: Mapped[Prize] = relationship()
    entry: Mapped[Entry] = relationship()
    fundings: Mapped[list["AwardFunding"]] = relationship(back_populates="award", cascade="all, delete-orphan")
    approvals: Mapped[list["AwardApproval"]] = relationship(
        back_populates="award", cascade="all, delete-orphan", order_by="AwardApproval.id"
    )


class AwardFunding(Base):
    """Cents of an award that one pledge pays."""

    __tablename__ = "award_fundings"
    __table_args__ = (
        UniqueConstraint("award_id", "pledge_id"),
        CheckConstraint("cents > 0", name="funding_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("awards.id"))
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    cents: Mapped[int] = mapped_column(Cents)

    award: Mapped[Award] = relationship(back_populates="fundings")
    pledge: Mapped[Pledge] = relationship()


class AwardApproval(Base):
    """A person approves that an award is paid, as it stood then: a change of anything in it asks for new approvals."""

    __tablename__ = "award_approvals"
    __table_args__ = (UniqueConstraint("award_id", "person_id", "content_sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("awards.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    content_sha256: Mapped[str] = mapped_column(String(64))
    approved_at: Mapped[datetime]

    award: Mapped[Award] = relationship(back_populates="approvals")
    person: Mapped[Person] = relationship()
