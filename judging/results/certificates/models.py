"""Certificates, and how far their making has come."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base
from hackaviz.kernel.identifiers import new_public_id
from judging.results.models import Publication
from submissions.entries.models import Entry


class Certificate(Base):
    """What a publication says of one member. `files` holds the PDF of each language, empty until it is made.

    The name is not kept here: it is the person's, and goes with the account.
    """

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("publication_id", "person_id"),
        Index("ix_certificates_made_at_claimed_at", "made_at", "claimed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    # The address at which it is verified.
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)
    publication_id: Mapped[int] = mapped_column(ForeignKey("publications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    asked_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    made_at: Mapped[datetime | None]
    # Language → key in the storage.
    files: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")

    publication: Mapped[Publication] = relationship()
    person: Mapped[Person] = relationship()
    entry: Mapped[Entry] = relationship()
