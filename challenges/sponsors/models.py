"""Sponsors, their pledges and payments, and the prizes declared from them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.editions.models import Edition
from challenges.ledger.rules import Custody
from challenges.sponsors.eligibility.conditions import in_words
from challenges.sponsors.eligibility.models import ConditionColumns, PledgeRule, condition_checks
from challenges.sponsors.rules import PrizeKind
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import Base, Cents, enum_column


class Sponsor(Base):
    """An organisation that gives to an edition."""

    __tablename__ = "sponsors"
    __table_args__ = (UniqueConstraint("edition_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    name: Mapped[str] = mapped_column(String(160))
    website: Mapped[str] = mapped_column(String(500), default="")
    description: Mapped[Bilingual]
    is_invented: Mapped[bool] = mapped_column(default=False)
    # A PNG that was drawn here from what was sent.
    logo_key: Mapped[str | None] = mapped_column(String(200))

    edition: Mapped[Edition] = relationship()
    pledges: Mapped[list["Pledge"]] = relationship(back_populates="sponsor", order_by="Pledge.id")


pledge_challenges = Table(
    "pledge_challenges",
    Base.metadata,
    Column("pledge_id", ForeignKey("pledges.id"), primary_key=True),
    Column("challenge_id", ForeignKey("challenges.id"), primary_key=True),
)


class Pledge(Base):
    """A sum that a sponsor promised, for an edition or for some of its challenges.

    `received_cents` and `allocated_cents` are kept by triggers from the payments and the award fundings; the database
    refuses to allocate more than is held (received, or promised where the sponsor pays winners directly).
    `promised_cents` follows the ledger: a reduction there lowers it. `released_cents` is kept by a trigger from the
    ledger, which refuses to take more than is left.
    """

    __tablename__ = "pledges"
    __table_args__ = (
        UniqueConstraint("edition_id", "name"),
        # Nothing once it is withdrawn.
        CheckConstraint("promised_cents >= 0", name="promise_is_positive"),
        CheckConstraint("received_cents BETWEEN 0 AND promised_cents", name="received_within_promise"),
        CheckConstraint("allocated_cents >= 0", name="allocated_not_negative"),
        CheckConstraint(
            "allocated_cents <= CASE WHEN custody = 'direct' THEN promised_cents ELSE received_cents END",
            name="allocated_within_held",
        ),
        CheckConstraint("(custody = 'carrier') = (carrier_name <> '')", name="carrier_is_named"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    sponsor_id: Mapped[int] = mapped_column(ForeignKey("sponsors.id"), index=True)
    name: Mapped[str] = mapped_column(String(160))
    promised_cents: Mapped[int] = mapped_column(Cents)
    received_cents: Mapped[int] = mapped_column(Cents, default=0)
    allocated_cents: Mapped[int] = mapped_column(Cents, default=0)
    # Given back, spent on costs or carried over: held once, and no longer.
    released_cents: Mapped[int] = mapped_column(Cents, default=0, server_default="0")
    custody: Mapped[Custody] = mapped_column(enum_column(Custody))
    carrier_name: Mapped[str] = mapped_column(String(160), default="")
    due_on: Mapped[date | None]
    may_pay_costs: Mapped[bool] = mapped_column(default=False, server_default="0")
    # What no rule can check: told to the organisers, who keep to it.
    other_conditions: Mapped[str] = mapped_column(String(500), default="", server_default="")
    pledged_at: Mapped[datetime]

    sponsor: Mapped[Sponsor] = relationship(back_populates="pledges")
    rule: Mapped[PledgeRule | None] = relationship(cascade="all, delete-orphan", lazy="selectin")
    payments: Mapped[list["PledgePayment"]] = relationship(
        back_populates="pledge", order_by="PledgePayment.received_on"
    )
    instalments: Mapped[list["Instalment"]] = relationship(
        back_populates="pledge", order_by="Instalment.due_on", cascade="all, delete-orphan"
    )

    @property
    def conditions(self) -> Bilingual:
        """Who may be paid by it, in words; nothing when everybody may."""
        return in_words(self.rule) if self.rule else Bilingual()

    @property
    def is_direct(self) -> bool:
        """Whether the sponsor pays winners itself."""
        return self.custody is Custody.DIRECT

    @property
    def held_cents(self) -> int:
        """What may be allocated in all: received, or promised where the sponsor pays winners directly."""
        return self.promised_cents if self.is_direct else self.received_cents

    @property
    def left_cents(self) -> int:
        """Held, not allocated and not released."""
        return self.held_cents - self.allocated_cents - self.released_cents


class PledgePrize(Base):
    """A pledge is given for this prize (and, where it names some, for challenges); without either, for any prize."""

    __tablename__ = "pledge_prizes"

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    prize_id: Mapped[int] = mapped_column(ForeignKey("prizes.id"), primary_key=True)


class CarriedPledge(Base):
    """Money of an earlier pledge that opened this one in another edition."""

    __tablename__ = "carried_pledges"

    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    transaction_key: Mapped[str] = mapped_column(ForeignKey("ledger_transactions.key"), unique=True)

    pledge: Mapped[Pledge] = relationship(foreign_keys=[pledge_id])
    source: Mapped[Pledge] = relationship(foreign_keys=[source_id])


class Instalment(Base):
    """A part of a promise that is expected by a date."""

    __tablename__ = "instalments"
    __table_args__ = (
        UniqueConstraint("pledge_id", "due_on"),
        CheckConstraint("cents > 0", name="instalment_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    due_on: Mapped[date]
    cents: Mapped[int] = mapped_column(Cents)

    pledge: Mapped[Pledge] = relationship(back_populates="instalments")


class PledgePayment(Base):
    """Money that arrived for a pledge. A form sent twice carries one `request_key` and counts once."""

    __tablename__ = "pledge_payments"
    __table_args__ = (CheckConstraint("cents > 0", name="payment_is_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pledge_id: Mapped[int] = mapped_column(ForeignKey("pledges.id"), index=True)
    cents: Mapped[int] = mapped_column(Cents)
    received_on: Mapped[date]
    reference: Mapped[str] = mapped_column(String(160))
    request_key: Mapped[str] = mapped_column(String(60), unique=True)
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    pledge: Mapped[Pledge] = relationship(back_populates="payments")
    reversal: Mapped["PaymentReversal | None"] = relationship(viewonly=True, lazy="joined")


class PaymentReversal(Base):
    """A payment that was recorded by mistake, taken back; a trigger takes it from what the pledge received."""

    __tablename__ = "payment_reversals"

    id: Mapped[int] = mapped_column(primary_key=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("pledge_payments.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text)
    reversed_at: Mapped[datetime]
    reversed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Prize(Base):
    """What is announced for a place in a challenge or (without challenge) in the whole edition, or in another way.

    `awarded_cents` is kept by a trigger from the awards; the database refuses more than was announced.
    """

    __tablename__ = "prizes"
    __table_args__ = (
        # Nothing for a gift in kind, or a mention without money.
        CheckConstraint("cents >= 0", name="prize_is_positive"),
        CheckConstraint("awarded_cents BETWEEN 0 AND cents", name="awarded_within_announced"),
        CheckConstraint("place >= 1", name="place_from_one"),
        UniqueConstraint("edition_id", "challenge_id", "place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    challenge_id: Mapped[int | None] = mapped_column(ForeignKey("challenges.id"))
    place: Mapped[int]
    title: Mapped[Bilingual]
    cents: Mapped[int] = mapped_column(Cents)
    awarded_cents: Mapped[int] = mapped_column(Cents, default=0)

    rule: Mapped["PrizeRule | None"] = relationship(
        back_populates="prize", cascade="all, delete-orphan", lazy="selectin"
    )

    @property
    def kind(self) -> PrizeKind:
        """How it is won; by place unless said otherwise."""
        return self.rule.kind if self.rule else PrizeKind.PLACE

    @property
    def conditions(self) -> Bilingual:
        """Who may win it, in words; nothing when everybody may."""
        return in_words(self.rule) if self.rule else Bilingual()


class PrizeRule(ConditionColumns, Base):
    """How a prize is won, and who may win it."""

    __tablename__ = "prize_rules"
    __table_args__ = (
        CheckConstraint("(kind = 'sponsor_choice') = (sponsor_id IS NOT NULL)", name="chosen_by_a_sponsor"),
        CheckConstraint("(kind = 'in_kind') = (gift_id IS NOT NULL)", name="only_gifts_are_in_kind"),
        *condition_checks(),
    )

    prize_id: Mapped[int] = mapped_column(ForeignKey("prizes.id"), primary_key=True)
    kind: Mapped[PrizeKind] = mapped_column(enum_column(PrizeKind))
    sponsor_id: Mapped[int | None] = mapped_column(ForeignKey("sponsors.id"), index=True)
    # A gift is whole: it goes with one prize.
    gift_id: Mapped[int | None] = mapped_column(ForeignKey("gifts.id"), unique=True)

    prize: Mapped[Prize] = relationship(back_populates="rule")
    sponsor: Mapped[Sponsor | None] = relationship(lazy="selectin")


class PrizePolicy(Base):
    """Whether an entry may win several prizes of an edition; it may where nothing is said. Mentions do not count."""

    __tablename__ = "prize_policies"

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    one_prize_per_entry: Mapped[bool]
