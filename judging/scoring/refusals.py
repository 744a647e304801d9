"""Why a review is not taken as it was sent."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from challenges.editions.models import Edition
from hackaviz.kernel.errors import Conflict, DomainError
from hackaviz.web.templating import local_datetime
from judging.panels.rounds.models import Round
from judging.panels.rounds.rules import window_of
from judging.scoring.models import Review


class JudgingClosed(DomainError):
    """Reviews are written between two dates only: those of their round."""

    code = "judging-closed"

    def __init__(self, edition: Edition, round_: Round | None, now: datetime) -> None:
        window = window_of(edition, round_)
        opens, closes = (
            local_datetime(moment, edition.time_zone).striptags() for moment in (window.opens_at, window.closes_at)
        )
        if now < window.opens_at:
            message = _l("The jury starts on %(opens)s. Entries and reviews open then.", opens=opens)
        else:
            message = _l(
                "The jury ended on %(closes)s. What you saved before is kept; this last change is not.", closes=closes
            )
        super().__init__(message)


class ReviewFinished(Conflict):
    """A finished review is reopened before it changes."""

    code = "review-finished"

    def __init__(self) -> None:
        super().__init__(_l("This review is finished. Reopen it to change it. Nothing was changed."))


class EntrySkipped(Conflict):
    """A skipped entry is taken back before its review goes on."""

    code = "entry-skipped"

    def __init__(self) -> None:
        super().__init__(_l("You skipped this entry. Take it back to review it. What you saved before is kept."))


class ReviewFinal(Conflict):
    """Whoever has seen the marks of the others changes theirs no more."""

    code = "review-final"

    def __init__(self) -> None:
        super().__init__(
            _l("In this round a finished review shows you the marks of the others: it cannot be reopened.")
        )


class JuryHasMet(Conflict):
    """Once the meeting was opened jurors have read each other's reviews: nobody writes any more."""

    code = "jury-has-met"

    def __init__(self) -> None:
        super().__init__(
            _l("The jury has met, and its members have read each other’s reviews: reviews stay as they were then.")
        )


class RevisionConflict(Conflict):
    """The review was saved elsewhere since this page read it. `review` is what is saved; nothing was overwritten."""

    code = "revision-conflict"

    def __init__(self, review: Review) -> None:
        self.review = review
        super().__init__(
            _l("This review was changed in another window. Both texts are here: choose which one to keep.")
        )
