"""The order of a dataset's files: the first is the main one, which its page offers, shows and draws first."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from challenges.catalogue.models import Resource
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import hold_row


def make_main(session: Session, *, resource: Resource, actor: Person | None, now: datetime) -> None:
    """Put a file before all others of its dataset."""
    _move(session, resource, 0, actor, now)


def move_up(session: Session, *, resource: Resource, actor: Person | None, now: datetime) -> None:
    """Put a file before the one above it; the first stays where it is."""
    _move(session, resource, max(0, _order(session, resource).index(resource) - 1), actor, now)


def _order(session: Session, resource: Resource) -> list[Resource]:
    """The files as they stand, held: two stewards at once must not give two files one place."""
    hold_row(session, resource.dataset)
    session.refresh(resource.dataset, ["resources"])
    return list(resource.dataset.resources)


def _move(session: Session, resource: Resource, place: int, actor: Person | None, now: datetime) -> None:
    order = _order(session, resource)
    if order.index(resource) == place:
        return
    order.remove(resource)
    order.insert(place, resource)
    # Two files of a dataset never have one place, not even while they change: all leave before any arrives.
    _number(session, order, start=1 + max(each.position for each in order))
    _number(session, order, start=0)
    session.refresh(resource.dataset, ["resources"])
    name, dataset = resource.file_name or resource.url, resource.dataset
    record(session, "dataset.order_files", subject=dataset, actor=actor, now=now, resource=name, place=place + 1)


def _number(session: Session, order: Sequence[Resource], *, start: int) -> None:
    for place, each in enumerate(order, start=start):
        each.position = place
    session.flush()
