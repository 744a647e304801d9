"""Checking links: which are asked next, what was found, what follows for their dataset."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from challenges.catalogue.links.models import Check, LinkCheck, LinkHost, PageCheck
from challenges.catalogue.links.queries import (
    checks_of,
    dataset_with_page,
    due_links,
    due_pages,
    link_with_dataset,
    resting_hosts,
)
from challenges.catalogue.links.rules import Link, answers, host_of, next_check, to_ask
from challenges.catalogue.models import Availability, Dataset
from challenges.catalogue.placing import catalogue_changed
from hackaviz.kernel.audit import record


def choose_links(session: Session, now: datetime) -> Sequence[Link]:
    """The links to ask now; their hosts are left alone afterwards, whoever asks."""
    due = [*due_links(session, now), *due_pages(session, now)]
    chosen = to_ask(due, resting_hosts(session, now))
    for host in {host_of(link.url) for link in chosen}:
        session.merge(LinkHost(host=host, asked_at=now))
    return chosen


def note_check(session: Session, *, resource_id: int, url: str, code: str, now: datetime) -> None:
    """A link answered (`code` is empty) or did not; its dataset becomes reachable, or only described, accordingly."""
    resource = link_with_dataset(session, resource_id, url)
    if resource is None:
        return
    check = session.get(LinkCheck, resource_id)
    if check is None or check.url != url:
        check = session.merge(LinkCheck(resource_id=resource_id, url=url, answered_at=None, failures=0, code=""))
    _note(check, code, now)
    session.flush()
    _follow(session, resource.dataset, now)


def note_page(session: Session, *, dataset_id: int, url: str, code: str, now: datetime) -> None:
    """The same of the publisher's page of a dataset that has neither files nor links."""
    dataset = dataset_with_page(session, dataset_id, url)
    if dataset is None:
        return
    check = session.get(PageCheck, dataset_id)
    if check is None or check.url != url:
        check = session.merge(PageCheck(dataset_id=dataset_id, url=url, answered_at=None, failures=0, code=""))
    _note(check, code, now)
    session.flush()
    _follow(session, dataset, now)


def _note(check: Check, code: str, now: datetime) -> None:
    check.code, check.checked_at = code, now
    check.failures = check.failures + 1 if code else 0
    check.due_at = next_check(now, check.failures)
    if not code:
        check.answered_at = now


def _follow(session: Session, dataset: Dataset, now: datetime) -> None:
    checks = checks_of(session, dataset)
    seen = [each.answered_at.date() for each in checks if each.answered_at]
    dataset.link_seen_on = max([*seen, *([dataset.link_seen_on] if dataset.link_seen_on else [])], default=None)
    found = answers({each.url: each.failures for each in checks})
    if found is None or dataset.availability is Availability.HERE:
        return
    after = Availability.REACHABLE if found else Availability.DESCRIBED
    if dataset.availability is not after:
        dataset.availability = after
        catalogue_changed(session, dataset)
        verb = "dataset.link_answers" if found else "dataset.links_lost"
        record(session, verb, subject=dataset, actor=None, now=now)
