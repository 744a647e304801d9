"""Files on their way, and hand-ins that wait for one."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from hackaviz.accounts.models import Person
from hackaviz.kernel.database import Base, enum_column
from hackaviz.kernel.identifiers import new_public_id
from submissions.entries.models import Entry, Upload
from submissions.entries.transfers.rules import HandInState, TransferState


class Transfer(Base):
    """A file that a team has begun to send. Its bytes are in the storage's `incoming` part, under `public_id`.

    `fingerprint` is what the sender's browser knows the file by, so that the same file, chosen again, goes on where it
    stopped. `multipart_id` is how a bucket calls the upload; None on disk. The job process claims a whole file with
    `leased_until` to examine it.
    """

    __tablename__ = "transfers"
    __table_args__ = (
        CheckConstraint("bytes >= 1", name="bytes_from_one"),
        CheckConstraint("state != 'examined' OR upload_id IS NOT NULL", name="examined_has_upload"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    file_name: Mapped[str] = mapped_column(String(255))
    bytes: Mapped[int] = mapped_column(BigInteger)
    fingerprint: Mapped[str] = mapped_column(String(100))
    multipart_id: Mapped[str | None] = mapped_column(String(1000))
    state: Mapped[TransferState] = mapped_column(enum_column(TransferState), default=TransferState.BEGUN, index=True)
    begun_at: Mapped[datetime]
    whole_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    upload_id: Mapped[int | None] = mapped_column(ForeignKey("uploads.id"))

    entry: Mapped[Entry] = relationship()
    begun_by: Mapped[Person] = relationship()
    upload: Mapped[Upload | None] = relationship()


class PendingHandIn(Base):
    """A hand-in that names a file on its way: it counts by `handed_in_at`, once that file is whole and accepted.

    `frozen` is the manifest as it will be, but for the number of the version and the content of the file.
    """

    __tablename__ = "pending_hand_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Becomes the identifier of the version, hence of its receipt.
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=new_public_id)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    transfer_id: Mapped[int] = mapped_column(ForeignKey("transfers.id"), index=True)
    handed_in_at: Mapped[datetime]
    handed_in_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    frozen: Mapped[dict[str, Any]]
    request_key: Mapped[str] = mapped_column(String(60), unique=True)
    state: Mapped[HandInState] = mapped_column(enum_column(HandInState), default=HandInState.WAITING, index=True)
    settled_at: Mapped[datetime | None]

    entry: Mapped[Entry] = relationship()
    transfer: Mapped[Transfer] = relationship()
    handed_in_by: Mapped[Person] = relationship()
