"""The log of an edition as people read it: one sentence for each verb; a verb without sentence is shown as it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask_babel import lazy_gettext as _l

from challenges.editions.queries import LoggedAction
from challenges.editions.wording import DATE_NAMES
from hackaviz.web.language import current_language
from hackaviz.web.templating import local_datetime

SENTENCES = {
    "edition.create": _l("Created the edition"),
    "edition.edit": _l("Changed the edition"),
    "edition.change_date": _l("Moved a date of the edition"),
    "edition.publish": _l("Published the edition"),
    "rules.publish": _l("Published a version of the rules"),
    "challenge.write": _l("Wrote a challenge"),
    "challenge.revise": _l("Changed a challenge"),
    "challenge.set_rubric": _l("Changed the rubric of a challenge"),
    "challenge.link_datasets": _l("Changed the datasets of a challenge"),
    "challenge.publish": _l("Published a challenge"),
    "challenge.change": _l("Recorded a change of a published challenge"),
}


@dataclass(frozen=True)
class LogLine:
    """One act: when, shortly and in full; who; what; and its details as names and values."""

    short_time: str
    moment: str
    actor: str | None
    sentence: str
    details: list[tuple[str, str]]


def log_line(logged: LoggedAction, zone: str, now: datetime) -> LogLine:
    """A row of the log in words."""
    action = logged.action
    return LogLine(
        short_time=_short_time(action.at, zone, now),
        moment=local_datetime(action.at, zone),
        actor=logged.actor,
        sentence=str(SENTENCES.get(action.verb, action.verb)),
        details=[
            (name, _readable(value, zone)) for name, value in action.details.items() if value not in (None, "", [])
        ],
    )


def _short_time(moment: datetime, zone: str, now: datetime) -> str:
    """The hour of an act of today, the day of an older one."""
    there, today = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if there.date() != today:
        return format_date(there.date(), "d MMM", locale="fr_FR" if current_language() == "fr" else "en_GB")
    return f"{there:%H}\u00a0h\u00a0{there:%M}" if current_language() == "fr" else f"{there:%H:%M}"


def _readable(value: Any, zone: str) -> str:
    if isinstance(value, list):
        return ", ".join(_readable(each, zone) for each in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_readable(each, zone)}" for name, each in value.items())
    if isinstance(value, str) and value in DATE_NAMES:
        return str(DATE_NAMES[value])
    if isinstance(value, str) and _is_instant(value):
        return local_datetime(datetime.fromisoformat(value), zone).striptags()
    return str(value)


def _is_instant(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
