"""Subsidies of an edition."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from challenges.sponsors.subsidies.rules import SubsidyState, Terms
from hackaviz.kernel.database import Base, Cents, enum_column


class Subsidy(Base):
    """Public money asked for an edition. It is no pledge: it pays costs, and no prize is drawn on it."""

    __tablename__ = "subsidies"
    __table_args__ = (
        CheckConstraint("cost_without_tax_cents > 0", name="cost_is_positive"),
        CheckConstraint("cost_with_tax_cents >= cost_without_tax_cents", name="tax_not_negative"),
        CheckConstraint("rate BETWEEN 1 AND 10000", name="rate_is_a_share"),
        CheckConstraint("requested_cents > 0", name="request_is_positive"),
        CheckConstraint("(state IN ('granted', 'received')) = (granted_cents IS NOT NULL)", name="grant_has_amount"),
        CheckConstraint("(state = 'received') = (received_cents IS NOT NULL)", name="receipt_has_amount"),
        CheckConstraint(
            "granted_cents IS NULL OR granted_cents BETWEEN 1 AND requested_cents", name="grant_in_request"
        ),
        CheckConstraint(
            "received_cents IS NULL OR received_cents BETWEEN 1 AND granted_cents", name="receipt_in_grant"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    funder: Mapped[str] = mapped_column(String(160))
    purpose: Mapped[str] = mapped_column(String(300))
    cost_without_tax_cents: Mapped[int] = mapped_column(Cents)
    cost_with_tax_cents: Mapped[int] = mapped_column(Cents)
    is_on_cost_with_tax: Mapped[bool]
    # In hundredths of a percent.
    rate: Mapped[int]
    ceiling_cents: Mapped[int | None] = mapped_column(Cents)
    state: Mapped[SubsidyState] = mapped_column(enum_column(SubsidyState), default=SubsidyState.REQUESTED)
    requested_cents: Mapped[int] = mapped_column(Cents)
    requested_on: Mapped[date]
    granted_cents: Mapped[int | None] = mapped_column(Cents)
    received_cents: Mapped[int | None] = mapped_column(Cents)
    # When it came to the state that it is in, and by which decision.
    decided_on: Mapped[date | None]
    decision: Mapped[str] = mapped_column(String(300), default="")

    @property
    def terms(self) -> Terms:
        """What it is asked on."""
        return Terms(
            cost_without_tax=self.cost_without_tax_cents,
            cost_with_tax=self.cost_with_tax_cents,
            on_cost_with_tax=self.is_on_cost_with_tax,
            rate=self.rate,
            ceiling=self.ceiling_cents,
        )
