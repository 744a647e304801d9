"""A juror's list: what is done, what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from judging.panels.models import Assignment
from judging.panels.queries import assigned_entries, assignments_by, prize_of
from judging.panels.rounds.models import MarksShown
from judging.panels.rounds.rules import round_is_open, window_of
from judging.panels.rules import Coverage, coverage_of
from judging.scoring.models import Review
from judging.scoring.queries import reviews_by, reviews_of_entry
from judging.scoring.registry import scoring_registry
from submissions.entries.models import Entry, Upload
from submissions.viewer.addresses import preview_url
from submissions.viewer.copies.models import CopyState
from submissions.viewer.copies.queries import copy_of
from submissions.viewer.queries import previews_of


@dataclass(frozen=True)
class ReviewLine:
    """An entry that a juror reviews, and how far the review is."""

    entry: Entry
    review: Review | None
    assignment: Assignment
    is_open: bool
    has_opened: bool

    @property
    def state(self) -> Coverage:
        """Done, begun, skipped or to do."""
        finished = None if self.review is None else self.review.finished_at is not None
        is_skipped = self.assignment.skipped_at is not None
        return coverage_of(assigned=True, conflicted=False, finished=finished, skipped=is_skipped)

    @property
    def is_blind(self) -> bool:
        """Whether the juror must not know whose work it is."""
        return self.assignment.round is None or self.assignment.round.is_blind

    @property
    def is_waiting(self) -> bool:
        """Whether the juror can do something about it now."""
        return self.is_open and self.state in {Coverage.BEGUN, Coverage.TO_DO}


@dataclass(frozen=True)
class ReviewList:
    """The reviews that a juror was asked for, by code; nobody writes any more once the jury has met."""

    lines: Sequence[ReviewLine]
    has_met: bool

    @property
    def done(self) -> int:
        """How many are finished."""
        return sum(line.state is Coverage.DONE for line in self.lines)

    @property
    def all_done(self) -> bool:
        """Whether all that was asked is finished or skipped, of rounds to come too."""
        return bool(self.lines) and all(line.state in {Coverage.DONE, Coverage.SKIPPED} for line in self.lines)

    def place(self, entry: Entry) -> int:
        """Where an entry stands in the list, from 1."""
        return [line.entry.id for line in self.lines].index(entry.id) + 1

    def line(self, entry: Entry) -> ReviewLine:
        """The line of an entry of the list."""
        return self.lines[self.place(entry) - 1]

    def next_after(self, entry: Entry | None = None) -> Entry | None:
        """The next entry to review, going round; None when all others are finished, skipped or of a closed round."""
        start = 0 if entry is None else self.place(entry)
        ahead = [*self.lines[start:], *self.lines[: max(start - 1, 0)]]
        return next((line.entry for line in ahead if line.is_waiting), None)


def work_of(entry: Entry) -> Upload:
    """The file that was handed in. Entries of a juror's list have one."""
    version = entry.current_version
    if version is None:
        raise LookupError(f"{entry.code} was not handed in")
    return version.upload


def is_cleaned(session: Session, work: Upload) -> bool:
    """Whether what a file tells of its makers is out of what is shown; a job does that soon after the upload."""
    copy = copy_of(session, work)
    return copy is None or copy.state is not CopyState.DUE


def still_images(session: Session, shown: ReviewList) -> Mapping[int, str]:
    """The address of the small image of each work that has one, by the number of the entry's row."""
    works = {line.entry.id: work_of(line.entry) for line in shown.lines}
    previews = previews_of(session, [work.id for work in works.values()])
    ready = {upload for upload, preview in previews.items() if preview.small_key is not None}
    return {entry: preview_url(work, "small") for entry, work in works.items() if work.id in ready}


def shows_marks(assignment: Assignment) -> bool:
    """Whether a finished review shows its juror the marks of the others of their jury, or of their prize."""
    return assignment.round is not None and assignment.round.marks_shown is MarksShown.AFTER_OWN


def others_reviews(session: Session, line: ReviewLine) -> list[Review]:
    """The finished reviews of the others, for a juror who has finished theirs in a round that shows them.

    The jury sees its own, and those who judge for a sponsor's prize see those for that prize.
    """
    if line.state is not Coverage.DONE or not shows_marks(line.assignment):
        return []
    mine = line.assignment.juror
    given = reviews_of_entry(session, line.entry, prize_of(session, line.entry.edition, mine))
    return [each for each in given if each.finished_at and each.juror_id != mine.id]


def review_list(session: Session, juror: Person, edition: Edition, now: datetime) -> ReviewList:
    """A juror's list in an edition."""
    reviews, assignments = reviews_by(session, juror, edition), assignments_by(session, juror, edition)
    lines, has_met = [], scoring_registry().has_met(session, edition)
    for entry in assigned_entries(session, juror, edition):
        round_ = assignments[entry.id].round
        has_opened = now >= window_of(edition, round_).opens_at
        is_open = not has_met and round_is_open(edition, round_, now)
        about = (entry, reviews.get(entry.id), assignments[entry.id])
        lines.append(ReviewLine(*about, is_open=is_open, has_opened=has_opened))
    return ReviewList(lines, has_met)
