"""Merging duplicates: what names the one passes to the other, and its address leads there."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import update
from sqlalchemy.orm import Session

from challenges.catalogue.describing import files_changed
from challenges.catalogue.harvest.models import HarvestedRecord
from challenges.catalogue.merging.models import DistinctPair, FormerAddress
from challenges.catalogue.merging.rules import free_positions, in_order
from challenges.catalogue.models import Dataset
from challenges.catalogue.placing import catalogue_changed
from challenges.catalogue.registry import Holder
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Invalid


def merge_datasets(
    session: Session, *, kept: Dataset, gone: Dataset, holders: Sequence[Holder], actor: Person, now: datetime
) -> None:
    """Make two datasets one. Files, links and all that names `gone` pass to `kept`; its facts do not.

    `holders` are the rooms whose rows name datasets. Versions that were handed in keep the address of `gone`, which
    leads to `kept` from now on. Raises Invalid for a dataset and itself.
    """
    if kept.id == gone.id:
        raise Invalid(_l("These are one dataset already."))
    for each in sorted((kept, gone), key=lambda dataset: dataset.id):
        lock_row(session, each)
    _pass_files(kept, gone)
    session.flush()
    for holder in holders:
        holder.move(session, kept, gone, now)
    for table in (HarvestedRecord, FormerAddress):
        session.execute(update(table).where(table.dataset_id == gone.id).values(dataset_id=kept.id))
    slug, title = gone.slug, gone.title.in_language("fr")
    session.expire(gone)
    session.delete(gone)
    session.flush()
    session.add(FormerAddress(slug=slug, dataset_id=kept.id, merged_at=now))
    files_changed(kept, now)
    catalogue_changed(session, kept)
    record(session, "dataset.merge", subject=kept, actor=actor, now=now, slug=slug, title=title)


def _pass_files(kept: Dataset, gone: Dataset) -> None:
    """Its files, and its links but for those that are here already; each keeps its number, so that links to it hold."""
    known = {resource.url for resource in kept.resources if not resource.is_here}
    passed = [resource for resource in gone.resources if resource.is_here or resource.url not in known]
    positions = free_positions((resource.position for resource in kept.resources), len(passed))
    for resource, position in zip(passed, positions, strict=True):
        resource.position = position
        kept.resources.append(resource)


def keep_apart(session: Session, *, first: Dataset, second: Dataset, actor: Person, now: datetime) -> None:
    """Suggest two datasets no more; nothing happens when that is decided already."""
    low, high = in_order(first.id, second.id)
    if session.get(DistinctPair, (low, high)) is None:
        session.add(DistinctPair(first_id=low, second_id=high, decided_by_id=actor.id, decided_at=now))
        record(session, "dataset.keep_apart", subject=first, actor=actor, now=now, dataset=second.slug)
