"""A juror's list: what is done, what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from judging.panels.queries import assigned_entries
from judging.panels.rules import Coverage, coverage_of
from judging.scoring.models import Review
from judging.scoring.queries import reviews_by
from submissions.entries.models import Entry, Upload
from submissions.viewer.addresses import preview_url
from submissions.viewer.queries import previews_of


@dataclass(frozen=True)
class ReviewLine:
    """An entry that a juror reviews, and how far the review is."""

    entry: Entry
    review: Review | None

    @property
    def state(self) -> Coverage:
        """Done, begun or to do."""
        finished = None if self.review is None else self.review.finished_at is not None
        return coverage_of(assigned=True, conflicted=False, finished=finished)


@dataclass(frozen=True)
class ReviewList:
    """The reviews that a juror was asked for, by code."""

    lines: Sequence[ReviewLine]

    @property
    def done(self) -> int:
        """How many are finished."""
        return sum(line.state is Coverage.DONE for line in self.lines)

    def place(self, entry: Entry) -> int:
        """Where an entry stands in the list, from 1."""
        return [line.entry.id for line in self.lines].index(entry.id) + 1

    def next_after(self, entry: Entry | None = None) -> Entry | None:
        """The next entry to review, going round; None when all others are finished."""
        start = 0 if entry is None else self.place(entry)
        ahead = [*self.lines[start:], *self.lines[: max(start - 1, 0)]]
        return next((line.entry for line in ahead if line.state is not Coverage.DONE), None)


def work_of(entry: Entry) -> Upload:
    """The file that was handed in. Entries of a juror's list have one."""
    version = entry.current_version
    if version is None:
        raise LookupError(f"{entry.code} was not handed in")
    return version.upload


def still_images(session: Session, shown: ReviewList) -> Mapping[int, str]:
    """The address of the small image of each work that has one, by the number of the entry's row."""
    works = {line.entry.id: work_of(line.entry) for line in shown.lines}
    previews = previews_of(session, [work.id for work in works.values()])
    ready = {upload for upload, preview in previews.items() if preview.small_key is not None}
    return {entry: preview_url(work, "small") for entry, work in works.items() if work.id in ready}


def review_list(session: Session, juror: Person, edition: Edition) -> ReviewList:
    """A juror's list in an edition."""
    reviews = reviews_by(session, juror, edition)
    return ReviewList([ReviewLine(entry, reviews.get(entry.id)) for entry in assigned_entries(session, juror, edition)])
