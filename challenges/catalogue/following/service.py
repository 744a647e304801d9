"""Verbs on following: begin, stop, and tell followers what changed."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from challenges.catalogue.following.letters import write_change
from challenges.catalogue.following.models import DatasetFollower, FollowedDataset
from challenges.catalogue.following.queries import (
    all_followed_by,
    dropped_by_sources,
    due_to_look_at,
    followers_of,
    is_following,
)
from challenges.catalogue.following.rules import LOOK_EVERY, REST_AFTER_LETTER, Known, changes_between
from challenges.catalogue.models import Dataset
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import hold_row
from hackaviz.kernel.jobs import Transaction

LOOKS_AT_ONCE = 50


def follow(session: Session, *, dataset: Dataset, actor: Person, now: datetime) -> None:
    """Tell this person when the dataset changes from now on; a second time changes nothing."""
    # Held first: two people who begin at once make one row of what is known.
    hold_row(session, dataset)
    if is_following(session, dataset, actor):
        return
    session.add(DatasetFollower(dataset_id=dataset.id, person_id=actor.id, since=now))
    if session.get(FollowedDataset, dataset.id) is None:
        known = known_of(dataset, is_listed=not dropped_by_sources(session, [dataset.id]))
        session.add(FollowedDataset(dataset_id=dataset.id, known=known.as_dict(), look_at=now + LOOK_EVERY))
    session.flush()


def stop_following(session: Session, *, dataset: Dataset, person_id: int) -> None:
    """Tell this person no more; to stop twice is to stop."""
    own = (DatasetFollower.dataset_id == dataset.id, DatasetFollower.person_id == person_id)
    session.execute(delete(DatasetFollower).where(*own))


def known_of(dataset: Dataset, *, is_listed: bool) -> Known:
    """What there is to know of a dataset now."""
    files = {(each.file_name if each.is_here else each.url): each.sha256 or "" for each in dataset.resources}
    modified_on = dataset.modified_on.isoformat() if dataset.modified_on else ""
    return Known(dataset.licence, dataset.availability.value, is_listed, modified_on, files)


def tell_changes(transaction: Transaction, now: datetime) -> bool:
    """Look at followed datasets that are due and write the letters; False when none is due.

    What was told and the letters that tell it are one transaction: a kill in between tells nobody twice.
    """
    with transaction() as session:
        due = due_to_look_at(session, now, LOOKS_AT_ONCE)
        dropped = dropped_by_sources(session, [each.dataset_id for each in due])
        for each in due:
            _look(session, each, is_listed=each.dataset_id not in dropped, now=now)
    return bool(due)


def _look(session: Session, followed: FollowedDataset, *, is_listed: bool, now: datetime) -> None:
    followers = followers_of(session, followed.dataset_id)
    known = known_of(followed.dataset, is_listed=is_listed)
    changes = changes_between(Known(**followed.known), known)
    for follower in followers if changes else ():
        write_change(session, follower=follower, dataset=followed.dataset, changes=changes, now=now)
    followed.known = known.as_dict()
    followed.look_at = now + (REST_AFTER_LETTER if changes and followers else LOOK_EVERY)
    if not followers and not _has_followers(session, followed.dataset_id):
        session.delete(followed)


def _has_followers(session: Session, dataset_id: int) -> bool:
    return session.scalar(select(DatasetFollower.person_id).where(DatasetFollower.dataset_id == dataset_id)) is not None


def export_followed(session: Session, person: Person) -> list[dict[str, Any]]:
    """What somebody follows, for a copy of their data."""
    rows = all_followed_by(session, person)
    return [{"dataset": row.dataset.slug, "since": row.since.isoformat()} for row in rows]


def forget_person(session: Session, person: Person, _now: datetime) -> None:
    """A closed account follows nothing."""
    session.execute(delete(DatasetFollower).where(DatasetFollower.person_id == person.id))
