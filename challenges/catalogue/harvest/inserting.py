"""New datasets of a harvest, a batch in a few statements: as objects of the session they take four times as long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, cast

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from challenges.catalogue.describing import facts_of
from challenges.catalogue.details import DatasetDetails
from challenges.catalogue.harvest.details import digest_of, said_of
from challenges.catalogue.harvest.links import facts_of_link
from challenges.catalogue.harvest.models import HarvestedRecord, HarvestSource
from challenges.catalogue.harvest.record import HarvestedDataset
from challenges.catalogue.models import Availability, Dataset, DatasetFormat, Publisher, Resource
from challenges.catalogue.placing import place_datasets
from challenges.catalogue.rules import clean_formats

Row = dict[str, Any]


@dataclass(frozen=True)
class NewDataset:
    """A dataset that the catalogue does not have yet: what its source says, and the address it gets."""

    record: HarvestedDataset
    details: DatasetDetails
    publisher: Publisher
    slug: str

    @cached_property
    def formats(self) -> list[str]:
        """The formats that its source states, and those of its links."""
        links = (each["format"] for each in self.links)
        return clean_formats([*self.details.formats, *links])

    @cached_property
    def links(self) -> list[Row]:
        """The columns of its links."""
        links = [each for each in self.record.resources if each.url]
        return [
            {"position": position, "url": each.url, "file_name": "", **facts_of_link(each)}
            for position, each in enumerate(links)
        ]


def insert_datasets(session: Session, *, source: HarvestSource, new: Sequence[NewDataset], now: datetime) -> None:
    """Write the rows of new datasets. Their publishers and their source have their numbers already."""
    rows = [_dataset(each, now) for each in new]
    added = insert(_table(Dataset)).returning(Dataset.slug, Dataset.id)
    ids: dict[str, int] = {row.slug: row.id for row in session.execute(added, rows)}
    _insert(session, DatasetFormat, [_format(ids[each.slug], code) for each in new for code in each.formats])
    _insert(session, Resource, [{"dataset_id": ids[each.slug], **link} for each in new for link in each.links])
    _insert(session, HarvestedRecord, [_record(source, each, ids[each.slug], now) for each in new])
    place_datasets(session, list(ids.values()))


def _table(model: Any) -> Table:
    return cast(Table, model.__table__)


def _insert(session: Session, model: Any, rows: list[Row]) -> None:
    if rows:
        session.execute(insert(_table(model)), rows)


def _dataset(new: NewDataset, now: datetime) -> Row:
    said = facts_of(new.details, new.publisher.name, new.formats)
    moments = {"created_at": now, "updated_at": now}
    return {
        "slug": new.slug,
        "publisher_id": new.publisher.id,
        "availability": Availability.DESCRIBED,
        **said,
        **moments,
    }


def _format(dataset_id: int, code: str) -> Row:
    return {"dataset_id": dataset_id, "format": code}


def _record(source: HarvestSource, new: NewDataset, dataset_id: int, now: datetime) -> Row:
    return {
        "source_id": source.id,
        "identifier": new.record.identifier,
        "dataset_id": dataset_id,
        "digest": digest_of(new.record, source.name),
        "said": said_of(new.details, new.record),
        "seen_at": now,
    }
