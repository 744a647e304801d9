"""Words for an edition's calendar, in the page's language."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from challenges.editions.models import Edition, Visibility
from challenges.editions.registry import Section
from challenges.editions.rules import Phase, Step, StepState, next_deadline, phase_of, steps
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.templating import day_in_words, local_date, local_datetime, localized

PHASE_WORDS = {
    Phase.ANNOUNCED: _l("announced"),
    Phase.REGISTRATION: _l("registration open"),
    Phase.SUBMISSION: _l("hand-in open"),
    Phase.BEFORE_JUDGING: _l("hand-in closed"),
    Phase.JUDGING: _l("jury at work"),
    Phase.DELIBERATION: _l("results being prepared"),
    Phase.RESULTS: _l("results published"),
}
STEP_NAMES = {
    "registration": _l("Registration"),
    "submission": _l("Handing in"),
    "judging": _l("Jury"),
    "results": _l("Results"),
}
SECTION_NAMES = {
    Section.DASHBOARD: _l("Dashboard"),
    Section.EDITION: _l("Edition"),
    Section.TEAMS: _l("Teams"),
    Section.JURY: _l("Jury"),
    Section.MONEY: _l("Money"),
    Section.RESULTS: _l("Results"),
}
STEP_NOTES = {StepState.DONE: _l("Over"), StepState.NOW: _l("Under way"), StepState.NEXT: _l("To come")}
DATE_NAMES = {
    "registration_opens_at": _l("Registration opens"),
    "registration_closes_at": _l("Registration closes"),
    "submission_opens_at": _l("Hand-in opens"),
    "submission_closes_at": _l("Hand-in closes"),
    "judging_opens_at": _l("The jury starts"),
    "judging_closes_at": _l("The jury ends"),
    "results_expected_at": _l("Results expected"),
}
# For each deadline: what runs until then, and what is said once it has passed in front of the reader.
DEADLINE_WORDS = {
    "registration_opens": (_l("Registration opens in"), _l("Registration is open: reload the page.")),
    "registration_closes": (_l("Registration is open for"), _l("Registration is closed.")),
    "submission_opens": (_l("Hand-in opens in"), _l("Hand-in is open: reload the page.")),
    "submission_closes": (_l("Time left to hand in"), _l("Hand-in is closed.")),
    "judging_opens": (_l("The jury starts in"), _l("The jury is at work.")),
    "judging_closes": (_l("The jury works for another"), _l("The jury has ended.")),
    "results": (_l("Results expected in"), _l("Results are expected: reload the page.")),
}


def state_word(edition: Edition, now: datetime) -> str:
    """Where an edition stands, in a word or two."""
    if edition.visibility is Visibility.DRAFT:
        return _("draft")
    return str(PHASE_WORDS[phase_of(edition, now)])


@dataclass(frozen=True)
class StepWords:
    """A step of the calendar as the macro of phases draws it."""

    name: str
    dates: str
    state: StepState
    note: str


def phases_in_words(edition: Edition, now: datetime) -> list[StepWords]:
    """The four steps of an edition's calendar."""
    return [_step_in_words(step, edition.time_zone) for step in steps(edition, now)]


def _step_in_words(step: Step, zone: str) -> StepWords:
    name = str(STEP_NAMES[step.name])
    if step.closes_at is not None:
        return StepWords(name, span(step.opens_at, step.closes_at, zone), step.state, str(STEP_NOTES[step.state]))
    note = _("Published") if step.state is StepState.DONE else _("To come")
    return StepWords(name, local_date(step.opens_at, zone), step.state, note)


def span(first: datetime, last: datetime, zone: str) -> str:
    """Two days in words, without what they share: “16 November to 4 December 2026”."""
    start, end = (moment.astimezone(ZoneInfo(zone)).date() for moment in (first, last))
    if start == end:
        return day_in_words(end, "d MMMM y")
    pattern = "d MMMM y" if start.year != end.year else "d MMMM" if start.month != end.month else "d"
    return _("%(first)s to %(last)s", first=day_in_words(start, pattern), last=day_in_words(end, "d MMMM y"))


@dataclass(frozen=True)
class Countdown:
    """What the macro of the countdown needs."""

    deadline: datetime
    label: str
    until: Markup
    over: str


def countdown(edition: Edition, now: datetime) -> Countdown | None:
    """The next deadline of an edition in words; None when nothing is awaited at a known instant."""
    awaited = next_deadline(edition, now)
    if awaited is None:
        return None
    label, over = DEADLINE_WORDS[awaited.name]
    moment = local_datetime(awaited.at, edition.time_zone)
    closes = awaited.name.endswith("closes")
    until = _("until %(moment)s", moment=moment) if closes else _("on %(moment)s", moment=moment)
    # Our own words around an escaped <time>.
    return Countdown(awaited.at, str(label), Markup(until), str(over))  # noqa: S704


def split_lead(text: Bilingual) -> tuple[Bilingual, Bilingual]:
    """The first paragraph, which stands in the banner, and the rest."""
    fr, en = (each.replace("\r\n", "\n").partition("\n\n") for each in (text.fr, text.en))
    return Bilingual(fr=fr[0], en=en[0]), Bilingual(fr=fr[2].strip(), en=en[2].strip())


TEXT_NAMES = {
    "title": _l("Title"),
    "tagline": _l("Promise"),
    "description": _l("Presentation"),
    "ambitions": _l("Ambitions"),
    "objectives": _l("Objectives"),
}


@dataclass(frozen=True)
class EditionChange:
    """A date or a text that changed after publication."""

    on: str
    name: Any
    before: Markup | str
    after: Markup | str


def change_in_words(edition: Edition, at: datetime, details: dict[str, Any]) -> EditionChange:
    """A logged change, in words."""
    zone, day = edition.time_zone, local_date(at, edition.time_zone)
    if "text" in details:
        before, after = (localized(Bilingual(**details[key])) for key in ("before", "after"))
        return EditionChange(day, TEXT_NAMES.get(details["text"], details["text"]), before, after)
    before, after = (local_datetime(datetime.fromisoformat(details[key]), zone) for key in ("before", "after"))
    return EditionChange(day, DATE_NAMES.get(details["date"], details["date"]), before, after)
