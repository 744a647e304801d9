"""What the last checks of links found, and when a host was last asked."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from hackaviz.kernel.database import Base


class Check:
    """The last check of an address. `url` is what was asked: one that changed since has not been checked.

    `code` is why it did not answer, "" when it did; `answered_at` is when it last did; `failures` counts in a row.
    """

    url: Mapped[str] = mapped_column(String(2000))
    checked_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    answered_at: Mapped[datetime | None]
    code: Mapped[str] = mapped_column(String(40), default="")
    failures: Mapped[int] = mapped_column(default=0)


class LinkCheck(Check, Base):
    """The last check of a link."""

    __tablename__ = "link_checks"
    __table_args__ = (CheckConstraint("(code = '') = (failures = 0)", name="failures_are_counted"),)

    resource_id: Mapped[int] = mapped_column(ForeignKey("resources.id", ondelete="CASCADE"), primary_key=True)


class PageCheck(Check, Base):
    """The last check of the publisher's page of a dataset that has neither files nor links."""

    __tablename__ = "page_checks"
    __table_args__ = (CheckConstraint("(code = '') = (failures = 0)", name="failures_are_counted"),)

    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True)


class LinkHost(Base):
    """When a host was last asked, by whichever process: it is left alone for a while after each visit."""

    __tablename__ = "link_hosts"

    host: Mapped[str] = mapped_column(String(255), primary_key=True)
    asked_at: Mapped[datetime]
