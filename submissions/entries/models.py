"""Entries: drafts, uploads, citations, and the immutable versions that are handed in."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, String, Table, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.briefs.models import Challenge
from challenges.catalogue.models import Dataset
from challenges.editions.models import Aim, Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base, enum_column
from hackaviz.kernel.identifiers import new_public_id
from submissions.teams.models import Team

entry_aims = Table(
    "entry_aims",
    Base.metadata,
    Column("entry_id", ForeignKey("entries.id"), primary_key=True),
    Column("aim_id", ForeignKey("aims.id"), primary_key=True, index=True),
)


class UploadState(StrEnum):
    """What became of a file that a team sent."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class Entry(Base):
    """A team's work for a challenge. `number` names it in blind judging: number 3 reads C-03."""

    __tablename__ = "entries"
    __table_args__ = (UniqueConstraint("edition_id", "number"), UniqueConstraint("team_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    challenge_id: Mapped[int] = mapped_column(ForeignKey("challenges.id"), index=True)
    team_id: Mapped[int] = mapped_column(ForeignKey("teams.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(160), default="")
    message: Mapped[str] = mapped_column(String(300), default="")
    text_alternative: Mapped[str] = mapped_column(Text, default="")
    method: Mapped[str] = mapped_column(Text, default="")
    tools: Mapped[str] = mapped_column(String(300), default="")
    abstract: Mapped[str] = mapped_column(Text, default="", server_default="")
    licence: Mapped[str] = mapped_column(String(24), default="", server_default="")
    languages: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    ai_use: Mapped[str] = mapped_column(String(12), default="", server_default="")
    ai_details: Mapped[str] = mapped_column(Text, default="", server_default="")
    consent: Mapped[str] = mapped_column(String(12), default="", server_default="")
    # Whether the public may see the work once results are: set at hand-in from the consent, which may be taken back.
    may_be_shown: Mapped[bool] = mapped_column(default=True, server_default="1")
    current_upload_id: Mapped[int | None] = mapped_column(ForeignKey("uploads.id", use_alter=True))
    current_version_id: Mapped[int | None] = mapped_column(ForeignKey("entry_versions.id", use_alter=True))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    edition: Mapped[Edition] = relationship()
    challenge: Mapped[Challenge] = relationship()
    team: Mapped[Team] = relationship()
    citations: Mapped[list["Citation"]] = relationship(
        back_populates="entry", order_by="Citation.id", cascade="all, delete-orphan"
    )
    aims: Mapped[list[Aim]] = relationship(secondary=entry_aims, order_by=(Aim.kind, Aim.position))
    current_upload: Mapped["Upload | None"] = relationship(foreign_keys=[current_upload_id], post_update=True)
    current_version: Mapped["EntryVersion | None"] = relationship(foreign_keys=[current_version_id], post_update=True)
    versions: Mapped[list["EntryVersion"]] = relationship(
        back_populates="entry", foreign_keys="EntryVersion.entry_id", order_by="EntryVersion.number"
    )

    @property
    def code(self) -> str:
        """The name that jurors see."""
        return f"C-{self.number:02d}"


class Citation(Base):
    """A dataset that an entry uses, and how."""

    __tablename__ = "citations"
    __table_args__ = (UniqueConstraint("entry_id", "dataset_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id"), index=True)
    usage: Mapped[str] = mapped_column(String(500))

    entry: Mapped[Entry] = relationship(back_populates="citations")
    dataset: Mapped[Dataset] = relationship()


class Upload(Base):
    """One file that a team sent, whole and checked. `report` is what intake said of it."""

    __tablename__ = "uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[UploadState] = mapped_column(enum_column(UploadState))
    kind: Mapped[str | None] = mapped_column(String(24))
    entry_point: Mapped[str | None] = mapped_column(String(1000))
    report: Mapped[dict[str, Any]]
    received_at: Mapped[datetime]

    entry: Mapped[Entry] = relationship(foreign_keys=[entry_id])
    files: Mapped[list["UploadFile"]] = relationship(back_populates="upload", order_by="UploadFile.path")


class UploadFile(Base):
    """One file that a browser may ask for: a site unpacks to many, other kinds to one. Blobs are shared by content."""

    __tablename__ = "upload_files"
    __table_args__ = (UniqueConstraint("upload_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    upload_id: Mapped[int] = mapped_column(ForeignKey("uploads.id"))
    path: Mapped[str] = mapped_column(String(1000))
    media_type: Mapped[str] = mapped_column(String(120))
    bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64))
    storage_key: Mapped[str] = mapped_column(String(200))

    upload: Mapped[Upload] = relationship(back_populates="files")


class EntryVersion(Base):
    """What was handed in, frozen: rows are only ever added. `manifest` holds texts, citations, every file's SHA-256."""

    __tablename__ = "entry_versions"
    __table_args__ = (UniqueConstraint("entry_id", "number"), CheckConstraint("number >= 1", name="number_from_one"))

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    number: Mapped[int]
    upload_id: Mapped[int] = mapped_column(ForeignKey("uploads.id"))
    handed_in_at: Mapped[datetime]
    handed_in_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    manifest: Mapped[dict[str, Any]]
    manifest_sha256: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(200))
    # The same form sent twice carries one key and makes one version.
    request_key: Mapped[str] = mapped_column(String(60), unique=True)

    entry: Mapped[Entry] = relationship(back_populates="versions", foreign_keys=[entry_id])
    upload: Mapped[Upload] = relationship()
    handed_in_by: Mapped[Person] = relationship()
