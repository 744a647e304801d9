"""Named reads of links and their checks."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.catalogue.links.models import Check, LinkCheck, LinkHost, PageCheck
from challenges.catalogue.links.rules import REST, Link
from challenges.catalogue.models import Dataset, Resource

# More than are asked at once: many may be of hosts that rest.
CANDIDATES = 500


def due_links(session: Session, now: datetime) -> list[Link]:
    """Links that are due, the unchecked ones first."""
    links = select(Resource.id, Resource.url).where(Resource.storage_key.is_(None))
    checked = select(LinkCheck.resource_id).where(LinkCheck.resource_id == Resource.id, LinkCheck.url == Resource.url)
    unchecked = session.execute(links.where(~checked.exists()).order_by(Resource.id).limit(CANDIDATES)).all()
    again = links.join(LinkCheck, LinkCheck.resource_id == Resource.id).where(LinkCheck.due_at <= now)
    due = session.execute(again.order_by(LinkCheck.due_at).limit(CANDIDATES)).all()
    return list(dict.fromkeys(Link(number, url) for number, url in (*unchecked, *due)))


def due_pages(session: Session, now: datetime) -> list[Link]:
    """Publishers' pages that are due, of datasets of which nothing else can be asked; the unchecked ones first."""
    has_files = select(Resource.id).where(Resource.dataset_id == Dataset.id).exists()
    pages = select(Dataset.id, Dataset.landing_page).where(Dataset.landing_page != "", ~has_files)
    is_checked = (PageCheck.dataset_id == Dataset.id) & (PageCheck.url == Dataset.landing_page)
    unchecked = pages.where(~select(PageCheck.dataset_id).where(is_checked).exists()).order_by(Dataset.id)
    again = pages.join(PageCheck, is_checked).where(PageCheck.due_at <= now).order_by(PageCheck.due_at)
    found = (row for query in (unchecked, again) for row in session.execute(query.limit(CANDIDATES)))
    return [Link(number, url, is_page=True) for number, url in found]


def resting_hosts(session: Session, now: datetime) -> set[str]:
    """Hosts that were asked a moment ago."""
    return set(session.scalars(select(LinkHost.host).where(LinkHost.asked_at > now - REST)))


def link_with_dataset(session: Session, resource_id: int, url: str) -> Resource | None:
    """A link with its dataset, unless it was changed or taken away meanwhile."""
    files = joinedload(Resource.dataset)
    query = select(Resource).where(Resource.id == resource_id, Resource.url == url)
    lists = (files.selectinload(Dataset.resources), files.joinedload(Dataset.publisher))
    return session.scalar(query.options(*lists, files.selectinload(Dataset.format_rows)))


def dataset_with_page(session: Session, dataset_id: int, url: str) -> Dataset | None:
    """A dataset, unless its page was changed meanwhile."""
    query = select(Dataset).where(Dataset.id == dataset_id, Dataset.landing_page == url)
    lists = (joinedload(Dataset.publisher), selectinload(Dataset.resources), selectinload(Dataset.format_rows))
    return session.scalar(query.options(*lists))


def checks_of(session: Session, dataset: Dataset) -> Sequence[Check]:
    """The checks of a dataset's links, or of its page where it has neither files nor links."""
    return session.scalars(_checks_of_links(dataset) if dataset.resources else _check_of_page(dataset)).all()


def _check_of_page(dataset: Dataset) -> Select[Any]:
    return select(PageCheck).where(PageCheck.dataset_id == dataset.id, PageCheck.url == dataset.landing_page)


def _checks_of_links(dataset: Dataset) -> Select[Any]:
    """As the links are now, in their order."""
    query = select(LinkCheck).join(Resource, Resource.id == LinkCheck.resource_id)
    current = query.where(Resource.dataset_id == dataset.id, Resource.url == LinkCheck.url)
    return current.order_by(Resource.position)
