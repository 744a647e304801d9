"""What organisers decided of listing an entry. An entry without a row waits for its decision."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base, enum_column
from submissions.entries.models import Entry, EntryVersion


class ListingState(StrEnum):
    """Where the listing of an entry stands."""

    PENDING = "pending"
    LISTED = "listed"
    REFUSED = "refused"


class Listing(Base):
    """The last decision on an entry, and the version that it was about; earlier ones are in the log."""

    __tablename__ = "listings"
    __table_args__ = (CheckConstraint("state <> 'refused' OR reason <> ''", name="refused_with_a_reason"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("entry_versions.id"))
    state: Mapped[ListingState] = mapped_column(enum_column(ListingState))
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    entry: Mapped[Entry] = relationship()
    version: Mapped[EntryVersion] = relationship()
    decided_by: Mapped[Person] = relationship()
