"""Datasets, their publishers and files."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
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
    """One dataset. `folded` is the text that search reads: lower case, without accents."""

    __tablename__ = "datasets"
    __table_args__ = (Index("ix_datasets_theme", "theme"), Index("ix_datasets_licence", "licence"))

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
    availability: Mapped[Availability] = mapped_column(enum_column(Availability))
    link_seen_on: Mapped[date | None]
    seen_in: Mapped[str] = mapped_column(String(500), default="")
    is_featured: Mapped[bool] = mapped_column(default=False)
    folded: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    publisher: Mapped[Publisher] = relationship(back_populates="datasets")
    resources: Mapped[list["Resource"]] = relationship(back_populates="dataset", order_by="Resource.position")


class Resource(Base):
    """A file of a dataset: kept here (`storage_key`), or a link (`url`).

    `inspection` is what the file holds (columns with types, row count); `preview` its first rows; `chart` a suggested chart.
    """

    __tablename__ = "resources"
    __table_args__ = (CheckConstraint("storage_key IS NOT NULL OR url <> ''", name="resource_is_somewhere"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(300))
    format: Mapped[str] = mapped_column(String(40))
    url: Mapped[str] = mapped_column(String(2000), default="")
    storage_key: Mapped[str | None] = mapped_column(String(200))
    file_name: Mapped[str] = mapped_column(String(255), default="")
    bytes: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str | None] = mapped_column(String(64))
    inspection: Mapped[dict[str, Any] | None]
    chart: Mapped[dict[str, Any] | None]

    dataset: Mapped[Dataset] = relationship(back_populates="resources")
