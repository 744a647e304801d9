"""Words for entries, in the page's language: kinds, what is missing, what intake said, how long."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from hackaviz.web.templating import city, clock_time, local_date
from submissions.entries.models import Upload
from submissions.entries.rules import Missing
from submissions.entries.sheet.rules import SheetGap
from submissions.entries.sheet.wording import GAP_WORDS
from submissions.intake.entry_point import is_index
from submissions.intake.report import Code, Reason
from submissions.intake.traces.trace import WORDS, Label

KIND_WORDS = {
    "image": _l("Image"),
    "svg": _l("SVG drawing"),
    "pdf": _l("PDF document"),
    "html": _l("HTML page"),
    "static-site": _l("Website"),
    "notebook": _l("Jupyter notebook"),
    "plotly": _l("Plotly chart"),
    "vega-lite": _l("Vega-Lite chart"),
    "vega": _l("Vega chart"),
    "video": _l("Video"),
}
MISSING_WORDS: dict[Missing | SheetGap, Any] = {
    Missing.UPLOAD: _l("a file that was accepted"),
    **GAP_WORDS,
    Missing.CITATION: _l("a catalogue dataset, and how you used it"),
    Missing.TEAM_TOO_SMALL: _l("more members: the team is smaller than the rules ask"),
    Missing.TEAM_TOO_LARGE: _l("fewer members: the team is larger than the rules allow"),
    Missing.REGISTRATION: _l("the registration of every member"),
    Missing.RULES: _l("your acceptance of the current rules"),
}


# What says who somebody is: a program or a date does not.
PERSONAL = (Label.AUTHOR, Label.PLACE, Label.FOLDERS)


def told_of_people(upload: Upload) -> list[str]:
    """What the files of an upload tell of those who made them, each once: “who made it: Jane Doe”."""
    told = [each for each in upload.report.get("metadata", []) if each["label"] in PERSONAL and each["value"]]
    lines = (_("%(what)s: %(value)s", what=_(WORDS[Label(each["label"])]), value=each["value"]) for each in told)
    return list(dict.fromkeys(lines))


def kind_word(kind: str | None) -> str:
    """A kind of entry in words."""
    return str(KIND_WORDS.get(kind or "", kind or _("Unknown kind")))


def opens_with(kind: str | None, page: str) -> str:
    """What opens first, and why, where the name of a site's page does not say it."""
    if kind != "static-site" or is_index(page):
        return _("Opens with %(page)s", page=page)
    return _("Opens with %(page)s, the only page that could come first", page=page)


def reasons_in_words(upload: Upload) -> list[str]:
    """Why intake refused a file, one sentence each."""
    reasons = (Reason(Code(each["code"]), each["sentence"], each["params"]) for each in upload.report["reasons"])
    return [reason.detail(_, str) for reason in reasons]


def duration_in_words(duration: timedelta) -> str:
    """The two largest units of a duration, at least one second: “2 hours 5 minutes”."""
    seconds = max(1, round(duration.total_seconds()))
    days, hours, minutes = seconds // 86400, seconds % 86400 // 3600, seconds % 3600 // 60
    words = [
        (days, ngettext("%(num)s day", "%(num)s days", days)),
        (hours, ngettext("%(num)s hour", "%(num)s hours", hours)),
        (minutes, ngettext("%(num)s minute", "%(num)s minutes", minutes)),
        (seconds % 60, ngettext("%(num)s second", "%(num)s seconds", seconds % 60)),
    ]
    first = next(place for place, (amount, _word) in enumerate(words) if amount)
    return " ".join(word for amount, word in words[first : first + 2] if amount)


def receipt_time(moment: datetime, zone: str) -> str:
    """A moment to the second, with the zone and its distance from UTC: what a receipt must say."""
    there = moment.astimezone(ZoneInfo(zone))
    return _(
        "%(date)s, %(time)s, %(city)s time (UTC%(offset)s)",
        date=local_date(moment, zone),
        time=clock_time(moment, zone),
        city=city(zone),
        offset=there.isoformat()[-6:],
    )


def step_detail(upload: Upload | None) -> Any:
    """What the stepper says of the file."""
    return _("none yet") if upload is None else upload.file_name
