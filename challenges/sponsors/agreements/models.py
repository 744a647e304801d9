"""Agreements, their parties, and what each party brings."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.sponsors.agreements.rules import ContributionKind, is_in_force
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import Base, Cents, enum_column


class Agreement(Base):
    """What several bodies agreed for an edition."""

    __tablename__ = "agreements"
    __table_args__ = (UniqueConstraint("edition_id", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    title: Mapped[Bilingual]
    reference: Mapped[str] = mapped_column(String(120))
    created_at: Mapped[datetime]

    parties: Mapped[list["AgreementParty"]] = relationship(back_populates="agreement", order_by="AgreementParty.id")

    @property
    def carrier(self) -> "AgreementParty | None":
        """The party that carries the administration and the money."""
        return next((party for party in self.parties if party.is_carrier), None)

    @property
    def is_in_force(self) -> bool:
        """Whether all have signed."""
        return is_in_force(self.parties)


class AgreementParty(Base):
    """A body that is part of an agreement; one of them at most carries the money."""

    __tablename__ = "agreement_parties"
    __table_args__ = (
        UniqueConstraint("agreement_id", "name"),
        Index(
            "ix_agreement_parties_one_carrier",
            "agreement_id",
            unique=True,
            sqlite_where=text("is_carrier"),
            postgresql_where=text("is_carrier"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreements.id"))
    name: Mapped[str] = mapped_column(String(160))
    is_carrier: Mapped[bool] = mapped_column(default=False)
    signed_on: Mapped[date | None]

    agreement: Mapped[Agreement] = relationship(back_populates="parties")
    contributions: Mapped[list["Contribution"]] = relationship(
        back_populates="party", order_by="Contribution.id", cascade="all, delete-orphan"
    )


class Contribution(Base):
    """What a party brings. Only money has an amount; it is an intention until a pledge and a payment say it."""

    __tablename__ = "contributions"
    __table_args__ = (
        CheckConstraint("(kind = 'money') = (cents IS NOT NULL)", name="only_money_has_an_amount"),
        CheckConstraint("cents IS NULL OR cents > 0", name="contribution_is_positive"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    party_id: Mapped[int] = mapped_column(ForeignKey("agreement_parties.id"), index=True)
    kind: Mapped[ContributionKind] = mapped_column(enum_column(ContributionKind))
    description: Mapped[str] = mapped_column(String(500))
    cents: Mapped[int | None] = mapped_column(Cents)

    party: Mapped[AgreementParty] = relationship(back_populates="contributions")
