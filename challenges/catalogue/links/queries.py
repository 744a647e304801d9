"""Named reads of links and their checks."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from challenges.catalogue.links.models import LinkCheck, LinkHost
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
    return list(dict.fromkeys((number, url) for number, url in (*unchecked, *due)))


def resting_hosts(session: Session, now: datetime) -> set[str]:
    """Hosts that were asked a moment ago."""
    return set(session.scalars(select(LinkHost.host).where(LinkHost.asked_at > now - REST)))


def link_with_dataset(session: Session, resource_id: int, url: str) -> Resource | None:
    """A link with its dataset, unless it was changed or taken away meanwhile."""
    files = joinedload(Resource.dataset)
    query = select(Resource).where(Resource.id == resource_id, Resource.url == url)
    lists = (files.selectinload(Dataset.resources), files.joinedload(Dataset.publisher))
    return session.scalar(query.options(*lists, files.selectinload(Dataset.format_rows)))


def checks_of(session: Session, dataset: Dataset) -> Sequence[LinkCheck]:
    """The checks of a dataset's links as they are now, in their order."""
    query = select(LinkCheck).join(Resource, Resource.id == LinkCheck.resource_id)
    current = query.where(Resource.dataset_id == dataset.id, Resource.url == LinkCheck.url)
    return session.scalars(current.order_by(Resource.position)).all()
