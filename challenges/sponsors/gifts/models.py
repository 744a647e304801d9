"""The register of gifts in kind."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.sponsors.models import Sponsor
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import Base, Cents


class Gift(Base):
    """A thing that a sponsor gives: an internship, a licence, a visit, a trophy. One row is one thing, never divided.

    `stated_cents` is what the giver says it is worth, if anything; it is shown and added to nothing.
    """

    __tablename__ = "gifts"
    __table_args__ = (
        CheckConstraint("stated_cents IS NULL OR stated_cents > 0", name="stated_value_is_positive"),
        Index("ix_gifts_edition_id", "edition_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    sponsor_id: Mapped[int] = mapped_column(ForeignKey("sponsors.id"), index=True)
    title: Mapped[Bilingual]
    terms: Mapped[Bilingual]
    stated_cents: Mapped[int | None] = mapped_column(Cents)
    promised_at: Mapped[datetime]
    # When it was in the organiser's hands; an internship is received when its offer is in writing.
    received_on: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None]

    sponsor: Mapped[Sponsor] = relationship()
