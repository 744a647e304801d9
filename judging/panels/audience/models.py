"""The vote of the audience: when, by whom, and the ballots that were cast."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.editions.models import Edition
from challenges.sponsors.models import Prize
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base, enum_column
from judging.panels.audience.rules import Electorate
from submissions.entries.models import Entry


class AudiencePanel(Base):
    """The audience vote of an edition; both instants belong to it. `prize` is the award that it decides."""

    __tablename__ = "audience_panels"
    __table_args__ = (
        UniqueConstraint("edition_id"),
        CheckConstraint("opens_at < closes_at", name="vote_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    prize_id: Mapped[int | None] = mapped_column(ForeignKey("prizes.id"))
    electorate: Mapped[Electorate] = mapped_column(enum_column(Electorate))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]

    edition: Mapped[Edition] = relationship()
    prize: Mapped[Prize | None] = relationship()


class AudienceVoter(Base):
    """An address that may vote where the organisers keep a list."""

    __tablename__ = "audience_voters"
    __table_args__ = (UniqueConstraint("panel_id", "email"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("audience_panels.id"))
    email: Mapped[str] = mapped_column(String(320))


class AudienceBallot(Base):
    """One person's vote. `voter_key` is one for all spellings of a mailbox, so that a mailbox votes once."""

    __tablename__ = "audience_ballots"
    __table_args__ = (UniqueConstraint("panel_id", "person_id"), UniqueConstraint("panel_id", "voter_key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    panel_id: Mapped[int] = mapped_column(ForeignKey("audience_panels.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    voter_key: Mapped[str] = mapped_column(String(64))
    cast_at: Mapped[datetime]

    panel: Mapped[AudiencePanel] = relationship()
    person: Mapped[Person] = relationship()
    entry: Mapped[Entry] = relationship()
