"""Why an act on an entry is refused: what happened, what is kept, what to do."""

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from hackaviz.kernel.errors import Conflict, Invalid, NotFound, TooLarge
from hackaviz.web.templating import local_datetime
from submissions.entries.models import Entry
from submissions.entries.rules import Missing
from submissions.entries.sheet.rules import SheetGap
from submissions.entries.wording import MISSING_WORDS, duration_in_words
from submissions.intake.limits import MEGABYTE
from submissions.teams.rules import team_deadline


class TooLate(Conflict):
    """The deadline has passed. Says by how long, and what still counts."""

    code = "too-late"

    def __init__(self, entry: Entry, now: datetime) -> None:
        super().__init__("the deadline has passed")
        self.entry, self.now = entry, now

    def __str__(self) -> str:
        edition, version = self.entry.edition, self.entry.current_version
        deadline = team_deadline(self.entry.team)
        late = _(
            "Hand-in closed on %(deadline)s, and this arrived %(late)s later: it does not count. Nothing was changed.",
            deadline=local_datetime(deadline, edition.time_zone).striptags(),
            late=duration_in_words(self.now - deadline),
        )
        if version is None:
            counts = _(
                "Your team has no version handed in before. Write to %(email)s if something went wrong.",
                email=edition.contact_email,
            )
        else:
            at = local_datetime(version.handed_in_at, edition.time_zone).striptags()
            counts = _("Version %(number)s, handed in on %(moment)s, still counts.", number=version.number, moment=at)
        return f"{late} {counts}"


class HandInClosed(Conflict):
    """No entry starts after the deadline."""

    code = "too-late"

    def __init__(self) -> None:
        super().__init__(_l("Hand-in is over: no entry can be started any more. Nothing was changed."))


class TooEarly(Conflict):
    """Submission has not begun."""

    def __init__(self, entry: Entry) -> None:
        edition = entry.edition
        opening = local_datetime(edition.submission_opens_at, edition.time_zone).striptags()
        super().__init__(_l("Hand-in opens on %(moment)s. Your draft is kept until then.", moment=opening))


class NotReady(Conflict):
    """Something is missing; `missing` says what."""

    code = "not-ready"

    def __init__(self, missing: Sequence[Missing | SheetGap]) -> None:
        super().__init__("something is missing")
        self.missing = missing

    def __str__(self) -> str:
        needs = "; ".join(str(MISSING_WORDS[each]) for each in self.missing)
        return _("This entry cannot be handed in yet. Your draft is kept. Still needed: %(needs)s.", needs=needs)


class Hindered(Conflict):
    """The edition does not take a file of which the check report says this."""

    code = "hindered"

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("the check report hinders it")
        self.sentences = tuple(sentences)

    def __str__(self) -> str:
        points = " ".join(f"{sentence}." for sentence in self.sentences)
        return _(
            "This edition does not take the work as it is. %(points)s Your draft, and what you handed in before, are "
            "kept. Mend the work, send it again, then hand in.",
            points=points,
        )


class NoChallenge(Conflict):
    """An entry answers a challenge."""

    def __init__(self) -> None:
        super().__init__(_l("Your team has not chosen a challenge yet. Choose one on the page of the team."))


class ChallengeIsFixed(Conflict):
    """A team that has handed in stays with its challenge."""

    def __init__(self) -> None:
        super().__init__(_l("Your team has handed in for its challenge, so it can no longer take another one."))


class UsageMissing(Invalid):
    """A citation says how the dataset was used."""

    def __init__(self) -> None:
        super().__init__(_l("Say in one sentence how you used this dataset."), field="usage")


class FileTooLarge(TooLarge):
    """A file is larger than the limit; refused before it is read where the sender says its size."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _l(
                "This file is larger than the %(limit)s MB allowed. Nothing was changed: the file you sent before is "
                "kept. Reduce images or data, then send it again.",
                limit=limit // MEGABYTE,
            )
        )


class NoEntry(NotFound):
    """There is no such entry for this person."""

    def __init__(self) -> None:
        super().__init__(_l("There is no entry at this address, or it is not yours."))
