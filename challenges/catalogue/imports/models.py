"""Imports with what they found, and the schedules of sources."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.catalogue.harvest.gathering import is_address
from challenges.catalogue.harvest.models import HarvestSource
from challenges.catalogue.imports.rules import Change, ImportState, Rhythm
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base, enum_column

IS_OPEN = text("state IN ('asked', 'ready', 'confirmed')")


class CatalogueImport(Base):
    """One import of a source. `address` makes it the same source the next time, as that of a HarvestSource does.

    `records_key` names what was gathered, one record a line: what a steward confirms is what is written, and an import
    whose job was killed goes on with it after `records_done`. `expected` counts what the look found, by kind of change.
    """

    __tablename__ = "catalogue_imports"
    __table_args__ = (
        Index("uq_catalogue_imports_open", "address", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_catalogue_imports_address_asked_at", "address", "asked_at"),
        Index("ix_catalogue_imports_state", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(600))
    name: Mapped[str] = mapped_column(String(300))
    wanted_format: Mapped[str] = mapped_column(String(24))
    found_format: Mapped[str] = mapped_column(String(24), default="")
    # The uploaded file, until its records are gathered.
    file_key: Mapped[str | None] = mapped_column(String(200))
    records_key: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[ImportState] = mapped_column(enum_column(ImportState), default=ImportState.ASKED)
    is_scheduled: Mapped[bool] = mapped_column(default=False)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    pages_read: Mapped[int] = mapped_column(default=0)
    records_done: Mapped[int] = mapped_column(default=0)
    records_total: Mapped[int] = mapped_column(default=0)
    expected: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    vanished: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    failure_code: Mapped[str] = mapped_column(String(40), default="")
    failure: Mapped[str] = mapped_column(Text, default="")

    asked_by: Mapped[Person | None] = relationship()

    @property
    def is_of_address(self) -> bool:
        """Whether its source can be asked again."""
        return is_address(self.address)


class ImportFinding(Base):
    """What an import makes of one record. `reason` is why it is rejected; `facts` are what changes in its dataset, each
    as {"fact", "old", "new"}.
    """

    __tablename__ = "import_findings"
    __table_args__ = (UniqueConstraint("import_id", "change", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("catalogue_imports.id", ondelete="CASCADE"))
    change: Mapped[Change] = mapped_column(enum_column(Change))
    position: Mapped[int]
    identifier: Mapped[str] = mapped_column(String(600))
    title: Mapped[str] = mapped_column(String(300), default="")
    slug: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(String(40), default="")
    facts: Mapped[list[Any]] = mapped_column(default=list)


class HarvestSchedule(Base):
    """When a source is harvested again. `failing_since` is set while its harvests fail, so that it is told once."""

    __tablename__ = "harvest_schedules"

    source_id: Mapped[int] = mapped_column(ForeignKey("harvest_sources.id"), primary_key=True)
    rhythm: Mapped[Rhythm] = mapped_column(enum_column(Rhythm))
    next_at: Mapped[datetime] = mapped_column(index=True)
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    failing_since: Mapped[datetime | None]

    source: Mapped[HarvestSource] = relationship()
