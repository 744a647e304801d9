"""Named reads of the harvest: a batch of records costs the same number of queries whatever it holds."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from challenges.catalogue.harvest.models import HarvestedRecord, HarvestSource
from challenges.catalogue.merging.models import FormerAddress
from challenges.catalogue.models import Dataset, Publisher

Known = dict[str, HarvestedRecord]


def source_at(session: Session, address: str) -> HarvestSource | None:
    """The source of this address."""
    return session.scalar(select(HarvestSource).where(HarvestSource.address == address))


def known_records(session: Session, source: HarvestSource, identifiers: Collection[str]) -> Known:
    """The records of a source that we know already, by identifier; without what they said, which is long."""
    query = select(HarvestedRecord).where(
        HarvestedRecord.source_id == source.id, HarvestedRecord.identifier.in_(identifiers)
    )
    without_said = query.options(defer(HarvestedRecord.said))
    return {record.identifier: record for record in session.scalars(without_said)}


def said_by(session: Session, records: Collection[HarvestedRecord]) -> dict[str, dict[str, Any]]:
    """What each of these records last said, by its identifier."""
    query = select(HarvestedRecord.identifier, HarvestedRecord.said)
    rows = session.execute(query.where(HarvestedRecord.id.in_([record.id for record in records])))
    return {row.identifier: row.said for row in rows}


def datasets_to_change(session: Session, ids: Collection[int]) -> dict[int, Dataset]:
    """Datasets with all that a harvest may change."""
    query = (
        select(Dataset)
        .where(Dataset.id.in_(ids))
        .options(joinedload(Dataset.publisher), selectinload(Dataset.resources), selectinload(Dataset.format_rows))
    )
    return {dataset.id: dataset for dataset in session.scalars(query)}


def publishers_at(session: Session, slugs: Collection[str]) -> dict[str, Publisher]:
    """Publishers by slug."""
    return {each.slug: each for each in session.scalars(select(Publisher).where(Publisher.slug.in_(slugs)))}


def slugs_in_use(session: Session, slugs: Collection[str]) -> set[str]:
    """Which of these addresses datasets have, or had before a merge."""
    present = select(Dataset.slug).where(Dataset.slug.in_(slugs))
    return set(session.scalars(present.union(select(FormerAddress.slug).where(FormerAddress.slug.in_(slugs)))))


def unseen_records(source: HarvestSource, since: datetime) -> Select[HarvestedRecord]:
    """Records that are not marked yet, and that no harvest has seen since a moment."""
    return select(HarvestedRecord).where(
        HarvestedRecord.source_id == source.id,
        HarvestedRecord.seen_at < since,
        HarvestedRecord.vanished_at.is_(None),
    )


def record_of_dataset(session: Session, dataset_id: int) -> HarvestedRecord | None:
    """Where a dataset was harvested; of several sources, one that still lists it."""
    query = select(HarvestedRecord).where(HarvestedRecord.dataset_id == dataset_id)
    listed_first = query.order_by(HarvestedRecord.vanished_at.is_not(None), HarvestedRecord.id).limit(1)
    return session.scalar(listed_first.options(joinedload(HarvestedRecord.source)))
