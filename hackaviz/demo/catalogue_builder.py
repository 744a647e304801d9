"""The demo's catalogue, put there as a data steward would."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.catalogue.details import DatasetDetails
from challenges.catalogue.models import Availability, Dataset
from challenges.catalogue.service import attach_file, put_dataset
from hackaviz.accounts.models import Person
from hackaviz.demo.content import DatasetContent, read_datasets
from hackaviz.kernel.storage import Storage


def build_catalogue(session: Session, *, storage: Storage, steward: Person, now: datetime) -> dict[str, Dataset]:
    """Every dataset by slug, with the files that are really here; those that are there already stay as they are."""
    there = {dataset.slug: dataset for dataset in session.scalars(select(Dataset))}
    return {
        content.slug: there.get(content.slug) or _build(session, content, storage, steward, now)
        for content in read_datasets()
    }


def _build(session: Session, content: DatasetContent, storage: Storage, steward: Person, now: datetime) -> Dataset:
    dataset = put_dataset(session, details=_details(content), actor=steward, now=now)
    for position, file in enumerate(content.files):
        chart = dict(content.chart) if content.chart and position == 0 else None
        with file.path.open("rb") as stream:
            attach_file(
                session,
                dataset=dataset,
                stream=stream,
                file_name=file.path.name,
                title=file.title,
                storage=storage,
                actor=steward,
                now=now,
                chart=chart,
            )
    return dataset


def _details(content: DatasetContent) -> DatasetDetails:
    said = Availability(content.availability)
    return DatasetDetails(
        slug=content.slug,
        title=content.title,
        description=content.description,
        publisher_name=content.publisher_name,
        publisher_website=content.publisher_website,
        theme=content.theme,
        licence=content.licence,
        licence_as_stated=content.licence_as_stated,
        landing_page=content.landing_page,
        coverage=content.coverage,
        period=content.period,
        formats=content.formats,
        availability=Availability.DESCRIBED if said is Availability.HERE else said,
        link_seen_on=content.link_seen_on,
        seen_in=content.seen_in,
        is_featured=content.is_featured,
    )
