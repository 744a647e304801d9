"""What an organiser decides of an edition, as one value: the form makes it, the service takes it."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from hackaviz.kernel.bilingual import Bilingual

DATES = (
    "registration_opens_at",
    "registration_closes_at",
    "submission_opens_at",
    "submission_closes_at",
    "judging_opens_at",
    "judging_closes_at",
    "results_expected_at",
)
# What the public reads of an edition; the note on what is invented may come later, like any correction.
TEXTS = ("title", "tagline", "description")
# What else decides something of a contest that runs.
SETTINGS = (
    "organiser_name",
    "contact_email",
    "time_zone",
    "hand_in_grace_minutes",
    "smallest_team",
    "largest_team",
    "reviews_needed",
)


@dataclass(frozen=True, kw_only=True)
class EditionDetails:
    """Everything that the form of an edition holds; dates are instants. An empty `slug` is made from the title."""

    title: Bilingual
    tagline: Bilingual
    description: Bilingual
    organiser_name: str
    contact_email: str
    time_zone: str
    registration_opens_at: datetime
    registration_closes_at: datetime
    submission_opens_at: datetime
    submission_closes_at: datetime
    judging_opens_at: datetime
    judging_closes_at: datetime
    results_expected_at: datetime
    slug: str = ""
    provenance: Bilingual | None = None
    hand_in_grace_minutes: int = 30
    smallest_team: int = 1
    largest_team: int = 5
    reviews_needed: int = 3

    def values(self) -> dict[str, Any]:
        """Each value by its name, the slug apart."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "slug"}
