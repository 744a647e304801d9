"""How often the demo's data was looked at and taken before today: figures made up from what the demo's works use.

Those of today are of the visitors of this demo.
"""

import random
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlalchemy.orm import Session

from challenges.catalogue.impact.rules import UseKind
from challenges.catalogue.impact.service import add_uses
from challenges.catalogue.models import Dataset
from hackaviz.demo.content import WorkContent

DAYS = 120
SATURDAY = 5
# A dataset that no work uses is looked at as often as this at most on a working day; each work that uses it adds more.
LEAST, BY_WORK = 2.0, 1.5
TAKEN = 0.3


def count_visits(
    session: Session, *, datasets: Mapping[str, Dataset], works: Collection[WorkContent], today: date
) -> None:
    """Views of every dataset, and downloads of those whose data is here, more of what more works use."""
    cited = Counter(citation.dataset for work in works for citation in work.citations)
    counts: dict[tuple[str, date, UseKind], int] = {}
    for slug, dataset in datasets.items():
        has_files = any(resource.is_here for resource in dataset.resources)
        counts |= visits_of(slug, works=cited[slug], has_files=has_files, today=today)
    add_uses(session, counts=counts)


def visits_of(slug: str, *, works: int, has_files: bool, today: date) -> dict[tuple[str, date, UseKind], int]:
    """The views and downloads of one dataset by day, fewer at weekends; the same for the same day in every demo."""
    chance = random.Random(slug)  # noqa: S311 — nobody has to be kept from guessing it
    often = LEAST * chance.uniform(0.25, 1) + BY_WORK * works
    counts: dict[tuple[str, date, UseKind], int] = {}
    for day in (today - timedelta(days=ago) for ago in range(DAYS, 0, -1)):
        views = round(often * chance.uniform(0, 2) * (0.4 if day.weekday() >= SATURDAY else 1))
        downloads = sum(chance.random() < TAKEN for _each in range(views)) if has_files else 0
        if views:
            counts |= {(slug, day, UseKind.VIEW): views, (slug, day, UseKind.DOWNLOAD): downloads}
    return counts
