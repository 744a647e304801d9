"""Keeping what lists and facets read: places of datasets, and how many there are of each kind."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, String, case, cast, delete, exists, func, insert, literal, select, union_all
from sqlalchemy.orm import Session

from challenges.catalogue.models import (
    Availability,
    Dataset,
    DatasetFormat,
    DatasetPlace,
    FacetCount,
    Publisher,
    Resource,
)
from challenges.catalogue.rules import GEOGRAPHIC_FORMATS, TABULAR_FORMATS

# The facets whose counts are kept: a dataset has one value of each of the first.
KEPT_COLUMNS = ("availability", "theme", "licence", "publisher")
# The name of the lock under which PostgreSQL counts, of no table or row: there may be no row yet.
COUNTING = 7_102_553_481
# No session holds a place or a count as an object: it need not look for one among all that it holds.
NEVER_LOADED = {"synchronize_session": False}
KEPT_FLAGS = (
    ("featured", "yes", DatasetPlace.recommended == 0),
    ("offers", "map", DatasetPlace.has_map),
    ("offers", "preview", DatasetPlace.has_preview),
)


def place_datasets(session: Session, ids: Collection[int]) -> None:
    """Bring the places of some datasets up to date with their rows, formats and files."""
    session.flush()
    session.execute(delete(DatasetPlace).where(DatasetPlace.dataset_id.in_(ids)), execution_options=NEVER_LOADED)
    places = _places().where(Dataset.id.in_(ids))
    columns = [str(column.key) for column in places.selected_columns]
    session.execute(insert(DatasetPlace).from_select(columns, places))


def _places() -> Select[Any]:
    usable = case({Availability.HERE: 0, Availability.REACHABLE: 1}, value=Dataset.availability, else_=2)
    geographic = exists().where(DatasetFormat.dataset_id == Dataset.id, DatasetFormat.format.in_(GEOGRAPHIC_FORMATS))
    tabular = exists().where(
        Resource.dataset_id == Dataset.id, Resource.storage_key.is_not(None), Resource.format.in_(TABULAR_FORMATS)
    )
    formats = select(func.aggregate_strings(DatasetFormat.format, "\n")).where(DatasetFormat.dataset_id == Dataset.id)
    return select(
        Dataset.id.label("dataset_id"),
        usable.label("usable"),
        case((Dataset.is_featured, 0), else_=1).label("recommended"),
        cast(Dataset.availability, String).label("availability"),
        Dataset.theme,
        Dataset.licence,
        Publisher.slug.label("publisher"),
        geographic.label("has_map"),
        tabular.label("has_preview"),
        func.coalesce(formats.scalar_subquery(), "").label("format"),
        Dataset.modified_on,
        Dataset.folded_title_fr.label("title_fr"),
        Dataset.folded_title_en.label("title_en"),
    ).join(Dataset.publisher)


def recount(session: Session) -> None:
    """Count all datasets anew by each facet that is shown before anybody asks anything, one after another."""
    _wait_for_others(session)
    session.execute(delete(FacetCount), execution_options=NEVER_LOADED)
    parts = [_counted(name, getattr(DatasetPlace, name)) for name in KEPT_COLUMNS]
    parts += [_flagged(*flag) for flag in KEPT_FLAGS]
    formats = select(literal("format"), DatasetFormat.format, func.count()).group_by(DatasetFormat.format)
    every = select(literal("all"), literal("all"), func.count()).select_from(DatasetPlace)
    counts: Any = union_all(*parts, formats, every)
    session.execute(insert(FacetCount).from_select(["facet", "value", "count"], counts))


def _wait_for_others(session: Session) -> None:
    """Wait until who counts now has committed: its statement alone, for what follows reads what they left.

    On SQLite the write transaction itself is the lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(COUNTING)))


def _counted(name: str, column: Any) -> Any:
    return select(literal(name), column, func.count()).group_by(column)


def _flagged(name: str, value: str, holds: Any) -> Any:
    return select(literal(name), literal(value), func.count()).select_from(DatasetPlace).where(holds)


def catalogue_changed(session: Session, dataset: Dataset) -> None:
    """Bring lists and facets up to date with one dataset."""
    session.flush()
    place_datasets(session, [dataset.id])
    recount(session)
