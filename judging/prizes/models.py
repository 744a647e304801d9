"""Awards: which entry gets which prize, whose money pays it, and how its members share it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.sponsors.models import Pledge, Prize
from hackaviz.accounts.models import Person
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import Base, Cents
from submissions.entries.models import Entry


class Award(Base):
    """A prize, or a share of one, given to an entry."""

    __tablename__ = "awards"
    __table_args__ = (UniqueConstraint("prize_id", "entry_id"), CheckConstraint("cents >= 0", name="award_is_positive"))

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
    # The grounds that kept the entry from the prize by its rules, and that somebody set aside.
    although: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    # The transaction of the ledger that binds its money; None while nobody pays.
    ledger_key: Mapped[str | None] = mapped_column(String(100))
    # Who decided and why, where it does not follow from the ranking: a panel's result, a sponsor's choice.
    decision: Mapped[str] = mapped_column(Text, default="", server_default="")
    # What two people had approved when it was paid: a trigger refuses a payment that fewer approved.
    paid_content_sha256: Mapped[str | None] = mapped_column(String(64))
    # Which payment or handing-over this is: a later one of the same award has another.
    payout_key: Mapped[str | None] = mapped_column(String(20))

    prize: Mapped[Prize] = relationship()
    entry: Mapped[Entry] = relationship()
    fundings: Mapped[list["AwardFunding"]] = relationship(back_populates="award", cascade="all, delete-orphan")
    approvals: Mapped[list["AwardApproval"]] = relationship(
        back_populates="award", cascade="all, delete-orphan", order_by="AwardApproval.id"
    )
    share_proposals: Mapped[list["ShareProposal"]] = relationship(
        back_populates="award", cascade="all, delete-orphan", order_by="ShareProposal.id"
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


class AwardPaymentReversal(Base):
    """A payment to a winner that was recorded by mistake, taken back: what was recorded, its proof, and why.

    The row stays as it is; only `award_id` empties when the award itself is taken back later.
    """

    __tablename__ = "award_payment_reversals"
    __table_args__ = (Index("ix_award_payment_reversals_payout_key", "payout_key", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    award_id: Mapped[int | None] = mapped_column(ForeignKey("awards.id", ondelete="SET NULL"), index=True)
    # The transaction of the ledger that paid; None for what is handed over without money.
    payment_key: Mapped[str | None] = mapped_column(ForeignKey("ledger_transactions.key"), unique=True)
    # Which one it was, with money or without; empty in rows from before this was kept.
    payout_key: Mapped[str | None] = mapped_column(String(20))
    # What was paid, in words: they outlive the award.
    prize_title: Mapped[Bilingual]
    entry_code: Mapped[str] = mapped_column(String(40))
    cents: Mapped[int] = mapped_column(Cents)
    paid_on: Mapped[date]
    payment_reference: Mapped[str] = mapped_column(String(160))
    proof_key: Mapped[str | None] = mapped_column(String(200))
    proof_name: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)
    reversed_at: Mapped[datetime]
    reversed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class PassedOver(Base):
    """A better placed entry that did not get a prize, and why: the grounds as the rules name them."""

    __tablename__ = "passed_over"
    __table_args__ = (UniqueConstraint("prize_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    prize_id: Mapped[int] = mapped_column(ForeignKey("prizes.id", ondelete="CASCADE"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    grounds: Mapped[list[Any]]
    recorded_at: Mapped[datetime]

    prize: Mapped[Prize] = relationship()
    entry: Mapped[Entry] = relationship()


class ShareProposal(Base):
    """How one member would share an award. The last one holds, once every member has consented to it."""

    __tablename__ = "share_proposals"

    id: Mapped[int] = mapped_column(primary_key=True)
    award_id: Mapped[int] = mapped_column(ForeignKey("awards.id"), index=True)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]

    award: Mapped[Award] = relationship(back_populates="share_proposals")
    proposed_by: Mapped[Person] = relationship()
    parts: Mapped[list["SharePart"]] = relationship(
        back_populates="proposal", cascade="all, delete-orphan", order_by="SharePart.position"
    )
    consents: Mapped[list["ShareConsent"]] = relationship(back_populates="proposal", cascade="all, delete-orphan")


class SharePart(Base):
    """Cents for one member; nothing for somebody who renounces."""

    __tablename__ = "share_parts"
    __table_args__ = (CheckConstraint("cents >= 0", name="share_not_negative"),)

    proposal_id: Mapped[int] = mapped_column(ForeignKey("share_proposals.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    position: Mapped[int]
    cents: Mapped[int] = mapped_column(Cents)

    proposal: Mapped[ShareProposal] = relationship(back_populates="parts")
    person: Mapped[Person] = relationship()


class ShareConsent(Base):
    """A member agrees to a proposal in their own account."""

    __tablename__ = "share_consents"

    proposal_id: Mapped[int] = mapped_column(ForeignKey("share_proposals.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    consented_at: Mapped[datetime]

    proposal: Mapped[ShareProposal] = relationship(back_populates="consents")


class Guardian(Base):
    """Who receives and decides for a member under 18, and that they consented."""

    __tablename__ = "guardians"
    __table_args__ = (
        UniqueConstraint("edition_id", "person_id"),
        CheckConstraint("name <> ''", name="guardian_is_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    consented_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
