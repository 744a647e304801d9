"""An edition of a contest, and the versions of its rules."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from challenges.editions.aims.rules import AimKind
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import Base, enum_column


class Visibility(StrEnum):
    """Whether the public sees a thing."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Edition(Base):
    """One contest, from registration to results. Dates are instants; `time_zone` is how people read them."""

    __tablename__ = "editions"
    __table_args__ = (
        CheckConstraint("registration_opens_at < registration_closes_at", name="registration_in_order"),
        CheckConstraint("submission_opens_at < submission_closes_at", name="submission_in_order"),
        CheckConstraint("registration_opens_at <= submission_opens_at", name="registration_first"),
        CheckConstraint("submission_closes_at <= judging_opens_at", name="judging_after_submission"),
        CheckConstraint("judging_opens_at < judging_closes_at", name="judging_in_order"),
        CheckConstraint("smallest_team BETWEEN 1 AND largest_team", name="team_sizes_in_order"),
        CheckConstraint("(visibility = 'published') = (published_at IS NOT NULL)", name="published_is_dated"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    title: Mapped[Bilingual]
    tagline: Mapped[Bilingual]
    description: Mapped[Bilingual]
    # What on the pages is fact and what is invented, for editions that tell a story.
    provenance: Mapped[Bilingual | None]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    organiser_name: Mapped[str] = mapped_column(String(200))
    contact_email: Mapped[str] = mapped_column(String(320))
    time_zone: Mapped[str] = mapped_column(String(60))
    registration_opens_at: Mapped[datetime]
    registration_closes_at: Mapped[datetime]
    submission_opens_at: Mapped[datetime]
    submission_closes_at: Mapped[datetime]
    judging_opens_at: Mapped[datetime]
    judging_closes_at: Mapped[datetime]
    results_expected_at: Mapped[datetime]
    # How long after the deadline a file may still arrive whose hand-in came in time.
    hand_in_grace_minutes: Mapped[int] = mapped_column(default=30, server_default="30")
    smallest_team: Mapped[int] = mapped_column(default=1)
    largest_team: Mapped[int] = mapped_column(default=5)
    reviews_needed: Mapped[int] = mapped_column(default=3)
    visibility: Mapped[Visibility] = mapped_column(enum_column(Visibility), default=Visibility.DRAFT)
    published_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    # Set when results are scheduled: from that instant entries and results are public, everywhere at once.
    results_public_at: Mapped[datetime | None]
    # What the sheet of an entry asks: the need of each field, by its name; None until an organiser chooses.
    sheet_needs: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # Hosts that works may load from while they are shown, and findings of the check report that refuse a hand-in.
    live_hosts: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    blocking_checks: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")

    rules_versions: Mapped[list["RulesVersion"]] = relationship(
        back_populates="edition", order_by="RulesVersion.number"
    )

    aims: Mapped[list["Aim"]] = relationship(back_populates="edition", order_by="Aim.kind, Aim.position")

    @property
    def current_rules(self) -> "RulesVersion | None":
        """The newest version of the rules."""
        return self.rules_versions[-1] if self.rules_versions else None


class Aim(Base):
    """An ambition or an operational objective: works that contribute to one of each may be listed."""

    __tablename__ = "aims"
    __table_args__ = (UniqueConstraint("edition_id", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), index=True)
    kind: Mapped[AimKind] = mapped_column(enum_column(AimKind))
    position: Mapped[int]
    # Versions of entries name an aim by it: it stays when the words change.
    slug: Mapped[str] = mapped_column(String(80))
    title: Mapped[Bilingual]

    edition: Mapped[Edition] = relationship(back_populates="aims")


class RulesVersion(Base):
    """A dated text of the rules. Participants accept one version; a new one never rewrites an old one."""

    __tablename__ = "rules_versions"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    number: Mapped[int]
    text: Mapped[Bilingual]
    published_at: Mapped[datetime]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    edition: Mapped[Edition] = relationship(back_populates="rules_versions")
