"""What the catalogue tells publishers: which public works use their datasets, and the published prizes of these."""

from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, Row
from sqlalchemy.orm import Session

from challenges.catalogue.merging.queries import present_addresses
from challenges.catalogue.registry import Use
from challenges.editions.models import Edition, Visibility
from challenges.editions.rules import results_are_public
from submissions.gallery.index import Awards
from submissions.gallery.queries import uses_of_datasets
from submissions.gallery.registry import gallery_registry


def uses_in_public(session: Session, condition: ColumnElement[bool], now: datetime) -> list[Use]:
    """Works whose handed-in version cites a dataset under the condition, of editions whose results are public."""
    rows = [row for row in uses_of_datasets(session, condition) if _is_public(row.Edition, now)]
    # Versions name the address that a dataset had when they were handed in.
    present = present_addresses(session)
    named = [{present.get(each["dataset"], each["dataset"]) for each in row.citations or []} for row in rows]
    cited = [row for row, datasets in zip(rows, named, strict=True) if row.dataset in datasets]
    editions = {row.Edition.id: row.Edition for row in cited}
    awards = {number: gallery_registry().prizes_won(session, each, now) for number, each in editions.items()}
    return [_use(row, awards[row.Edition.id]) for row in cited]


def _use(row: Row[Any], awards: Awards) -> Use:
    edition = row.Edition
    return Use(
        dataset_id=row.dataset_id,
        title=row.title,
        url=url_for("gallery.entry", public_id=row.public_id),
        edition=edition.title,
        edition_url=url_for("editions.edition", edition_slug=edition.slug),
        public_on=edition.results_public_at.date(),
        awards=[prize.label for prize in awards.get(row.public_id, ())],
    )


def _is_public(edition: Edition, now: datetime) -> bool:
    return edition.visibility is Visibility.PUBLISHED and results_are_public(edition, now)
