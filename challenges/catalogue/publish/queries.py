"""Reading the whole catalogue a batch at a time."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from challenges.catalogue.models import Dataset, Resource

BATCH = 200


def every_dataset(session: Session) -> Iterator[Dataset]:
    """Each dataset with its publisher, formats and files, in the order of their numbers; a batch is held at a time."""
    files = selectinload(Dataset.resources).options(defer(Resource.inspection), defer(Resource.chart))
    query = (
        select(Dataset)
        .options(joinedload(Dataset.publisher), selectinload(Dataset.format_rows), files, defer(Dataset.folded))
        .order_by(Dataset.id)
        .limit(BATCH)
    )
    last = 0
    while batch := session.scalars(query.where(Dataset.id > last)).all():
        yield from batch
        last = batch[-1].id
        session.expunge_all()
