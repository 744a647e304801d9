"""Datasets, their publishers and files."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import Base, enum_column


class Availability(StrEnum):
    """What a reader can expect of a dataset: its data is here, at a link that answered, or only described."""

    HERE = "here"
    REACHABLE = "reachable"
    DESCRIBED = "described"


class Publisher(Base):
    """Who publishes datasets."""

    __tablename__ = "publishers"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(250), unique=True)
    website: Mapped[str] = mapped_column(String(1000), default="")

    datasets: Mapped[list["Dataset"]] = relationship(back_populates="publisher")


class Dataset(Base):
    """One dataset. `folded` is what search reads, the folded titles put lists in order: services maintain them."""

    __tablename__ = "datasets"
    __table_args__ = (
        Index("ix_datasets_theme", "theme"),
        Index("ix_datasets_licence", "licence"),
        Index("ix_datasets_availability", "availability"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    title: Mapped[Bilingual]
    description: Mapped[Bilingual]
    publisher_id: Mapped[int] = mapped_column(ForeignKey("publishers.id"), index=True)
    theme: Mapped[str] = mapped_column(String(40))
    licence: Mapped[str] = mapped_column(String(40))
    licence_as_stated: Mapped[str] = mapped_column(String(500), default="")
    landing_page: Mapped[str] = mapped_column(String(2000), default="")
    coverage: Mapped[Bilingual | None]
    period: Mapped[str] = mapped_column(String(120), default="")
    # What sources state beyond the form of stewards. `bounds` is west, south, east, north in degrees.
    keywords: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    frequency: Mapped[str] = mapped_column(String(24), default="", server_default="")
    contact: Mapped[str] = mapped_column(String(320), default="", server_default="")
    bounds: Mapped[list[Any] | None]
    issued_on: Mapped[date | None]
    modified_on: Mapped[date | None]
    availability: Mapped[Availability] = mapped_column(enum_column(Availability))
    link_seen_on: Mapped[date | None]
    seen_in: Mapped[str] = mapped_column(String(500), default="")
    is_featured: Mapped[bool] = mapped_column(default=False)
    folded: Mapped[str] = mapped_column(Text, default="")
    folded_title_fr: Mapped[str] = mapped_column(String(400), default="")
    folded_title_en: Mapped[str] = mapped_column(String(400), default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    publisher: Mapped[Publisher] = relationship(back_populates="datasets")
    resources: Mapped[list["Resource"]] = relationship(
        back_populates="dataset", order_by="Resource.position", cascade="all, delete-orphan"
    )
    format_rows: Mapped[list["DatasetFormat"]] = relationship(
        order_by="DatasetFormat.format", cascade="all, delete-orphan"
    )
    # Tables of rooms that import this one: they are named here only so that a page loads them with its dataset.
    snapshots: Mapped[list[Any]] = relationship("DatasetSnapshot", order_by="DatasetSnapshot.id", viewonly=True)
    former_addresses: Mapped[list[Any]] = relationship("FormerAddress", order_by="FormerAddress.slug", viewonly=True)

    @property
    def formats(self) -> list[str]:
        """The formats in which the data exists, here or elsewhere."""
        return [row.format for row in self.format_rows]


class DatasetPlace(Base):
    """Where a dataset stands in lists and under which facets: narrow rows, so that thousands are read in no time.

    Derived from the other tables by `placing.place_datasets`. `usable` is 0 for data that is here, 1 for a link that
    answered, 2 for what is only described; `recommended` is 0 for what stewards recommend, else 1; `format` lists the
    formats, one on each line. On PostgreSQL triggers copy each place into `dataset_search`, beside its words.
    """

    __tablename__ = "dataset_places"
    __table_args__ = (
        Index("ix_dataset_places_fr", "usable", "recommended", "title_fr", "dataset_id"),
        Index("ix_dataset_places_en", "usable", "recommended", "title_en", "dataset_id"),
        Index("ix_dataset_places_modified_on", "modified_on"),
        Index("ix_dataset_places_theme", "theme"),
        Index("ix_dataset_places_licence", "licence"),
        Index("ix_dataset_places_publisher", "publisher"),
    )

    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True)
    usable: Mapped[int]
    recommended: Mapped[int]
    availability: Mapped[str] = mapped_column(String(24))
    theme: Mapped[str] = mapped_column(String(40))
    licence: Mapped[str] = mapped_column(String(40))
    publisher: Mapped[str] = mapped_column(String(120))
    has_map: Mapped[bool]
    has_preview: Mapped[bool]
    format: Mapped[str] = mapped_column(Text, server_default="")
    modified_on: Mapped[date | None]
    title_fr: Mapped[str] = mapped_column(String(400))
    title_en: Mapped[str] = mapped_column(String(400))


class FacetCount(Base):
    """How many datasets have a value, among all: what the catalogue shows before anybody asks anything."""

    __tablename__ = "facet_counts"

    facet: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(160), primary_key=True)
    count: Mapped[int]


class DatasetFormat(Base):
    """A format in which a dataset exists, known before any file of it is here."""

    __tablename__ = "dataset_formats"
    __table_args__ = (Index("ix_dataset_formats_format", "format"),)

    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"), primary_key=True)
    format: Mapped[str] = mapped_column(String(40), primary_key=True)


class Resource(Base):
    """A file of a dataset: kept here (`storage_key`), or a link (`url`).

    `inspection` is what the file holds: its columns, row count, first rows ("preview") and the series of its chart
    ("series"), computed once when the file is attached. `chart` is the chart that was suggested for it.
    """

    __tablename__ = "resources"
    __table_args__ = (
        CheckConstraint("storage_key IS NOT NULL OR url <> ''", name="resource_is_somewhere"),
        UniqueConstraint("dataset_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[Bilingual]
    format: Mapped[str] = mapped_column(String(40))
    url: Mapped[str] = mapped_column(String(2000), default="")
    storage_key: Mapped[str | None] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(255), default="")
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    inspection: Mapped[dict[str, Any] | None]
    chart: Mapped[dict[str, Any] | None]

    dataset: Mapped[Dataset] = relationship(back_populates="resources")

    @property
    def is_here(self) -> bool:
        """Whether we keep its bytes."""
        return self.storage_key is not None

    @property
    def columns(self) -> list[dict[str, Any]]:
        """What the inspection says of each column."""
        return list((self.inspection or {}).get("columns", []))

    @property
    def series(self) -> dict[str, Any] | None:
        """The numbers of its chart."""
        return (self.inspection or {}).get("series")
