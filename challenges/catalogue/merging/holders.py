"""What the catalogue's own rooms hold of a dataset, and how it passes on when duplicates are merged."""

from datetime import datetime
from typing import Any

from flask_babel import ngettext
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, joinedload

from challenges.catalogue.following.models import DatasetFollower
from challenges.catalogue.following.service import follow
from challenges.catalogue.impact.models import DatasetUse
from challenges.catalogue.models import Dataset
from challenges.catalogue.questions.models import DatasetQuestion
from challenges.catalogue.registry import Holder
from challenges.catalogue.snapshots.models import DatasetSnapshot


def _count(table: Any, session: Session, dataset: Dataset) -> int:
    return session.scalar(select(func.count()).where(table.dataset_id == dataset.id)) or 0


def _pass_rows(table: Any, session: Session, kept: Dataset, gone: Dataset) -> None:
    session.execute(update(table).where(table.dataset_id == gone.id).values(dataset_id=kept.id))


def _pass_followers(session: Session, kept: Dataset, gone: Dataset, now: datetime) -> None:
    followers = select(DatasetFollower).where(DatasetFollower.dataset_id == gone.id)
    for each in session.scalars(followers.options(joinedload(DatasetFollower.person))).all():
        follow(session, dataset=kept, actor=each.person, now=now)
        session.delete(each)
    session.flush()


def _pass_uses(session: Session, kept: Dataset, gone: Dataset, _now: datetime) -> None:
    """Views and downloads of a day are added up."""
    for each in session.scalars(select(DatasetUse).where(DatasetUse.dataset_id == gone.id)).all():
        same_day = session.get(DatasetUse, (kept.id, each.day)) or DatasetUse(
            dataset_id=kept.id, day=each.day, views=0, downloads=0
        )
        same_day.views += each.views
        same_day.downloads += each.downloads
        session.add(same_day)
        session.delete(each)
    session.flush()


FOLLOWERS = Holder(
    lambda number: ngettext("%(num)s person follows it", "%(num)s people follow it", number),
    lambda session, dataset: _count(DatasetFollower, session, dataset),
    _pass_followers,
)
QUESTIONS = Holder(
    lambda number: ngettext("%(num)s question about it", "%(num)s questions about it", number),
    lambda session, dataset: _count(DatasetQuestion, session, dataset),
    lambda session, kept, gone, _now: _pass_rows(DatasetQuestion, session, kept, gone),
)
SNAPSHOTS = Holder(
    lambda number: ngettext("%(num)s pinned copy", "%(num)s pinned copies", number),
    lambda session, dataset: _count(DatasetSnapshot, session, dataset),
    lambda session, kept, gone, _now: _pass_rows(DatasetSnapshot, session, kept, gone),
)
USES = Holder(
    lambda number: ngettext("looked at on %(num)s day", "looked at on %(num)s days", number),
    lambda session, dataset: _count(DatasetUse, session, dataset),
    _pass_uses,
)
OWN_HOLDERS = (FOLLOWERS, QUESTIONS, SNAPSHOTS, USES)
