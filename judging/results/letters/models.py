"""What is written to those who won, and to the others."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import Base, enum_column
from judging.results.letters.rules import Addressees


class ResultLetter(Base):
    """A letter in both languages; it waits for the end of the embargo once somebody has released it."""

    __tablename__ = "result_letters"
    __table_args__ = (
        UniqueConstraint("edition_id", "addressees"),
        CheckConstraint("written_at IS NULL OR released_at IS NOT NULL", name="released_before_written"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    addressees: Mapped[Addressees] = mapped_column(enum_column(Addressees))
    subject: Mapped[Bilingual]
    body: Mapped[Bilingual]
    saved_at: Mapped[datetime]
    released_at: Mapped[datetime | None]
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # When the mails were put into the outbox, all at once.
    written_at: Mapped[datetime | None]

    edition: Mapped[Edition] = relationship()
    released_by: Mapped[Person | None] = relationship()
