"""The verb by which counted uses become rows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from challenges.catalogue.impact.models import DatasetUse
from challenges.catalogue.impact.rules import UseKind
from challenges.catalogue.models import Dataset

Counts = Mapping[tuple[str, date, UseKind], int]
# Both say ON CONFLICT in the same words, in classes of their own.
INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def add_uses(session: Session, *, counts: Counts) -> None:
    """Add uses, counted by slug, day and kind, to what was counted before: two statements, however many there are."""
    slugs = {slug for slug, _day, _kind in counts}
    ids = {row.slug: row.id for row in session.execute(select(Dataset.slug, Dataset.id).where(Dataset.slug.in_(slugs)))}
    # In one order, so that two processes that write at once wait for each other and never in a circle.
    days = sorted({(ids[slug], day, slug) for slug, day, _kind in counts if slug in ids})
    if not days:
        return
    rows = [
        {"dataset_id": number, "day": day, **{kind.value: counts.get((slug, day, kind), 0) for kind in UseKind}}
        for number, day, slug in days
    ]
    added = INSERTS[session.get_bind().dialect.name](DatasetUse)
    sums = {kind.value: getattr(DatasetUse, kind.value) + added.excluded[kind.value] for kind in UseKind}
    session.execute(added.on_conflict_do_update(index_elements=["dataset_id", "day"], set_=sums), rows)
