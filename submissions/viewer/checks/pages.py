"""What the pages of a check show, gathered for their templates."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from submissions.entries.models import Entry, Upload
from submissions.teams.policy import is_member
from submissions.viewer.checks.findings import Code
from submissions.viewer.checks.queries import check_of
from submissions.viewer.checks.report import blocking, report_of
from submissions.viewer.checks.wording import VIEW_WORDS, Line, in_words

SAID_BY_THE_DRAFT = (Code.RECOGNISED, Code.NO_ALTERNATIVE)


@dataclass(frozen=True)
class View:
    """A picture of the report."""

    name: str
    words: str
    url: str
    width: int
    height: int


def check_page(session: Session, entry: Entry) -> dict[str, Any]:
    """The report of an entry's current file."""
    upload = entry.current_upload
    facts: dict[str, Any] = {"entry": entry, "edition": entry.edition, "upload": upload, "report": None}
    facts["is_own"] = is_member(current_user, entry.team)
    if upload is None:
        return facts
    check, views = check_of(session, upload), list[View]()
    pictures = check.pictures if check is not None else {}
    for name, words in VIEW_WORDS.items():
        if name in pictures:
            url = url_for("checks.picture", public_id=entry.public_id, name=name, v=pictures[name]["key"][-8:])
            views.append(View(name, str(words), url, pictures[name]["width"], pictures[name]["height"]))
    report = report_of(session, upload)
    return facts | {
        "report": report,
        "lines": [in_words(finding) for finding in report.findings],
        "screens": [view for view in views if "-" not in view.name],
        "sights": [view for view in views if "-" in view.name],
        "refusing": refusals(session, upload),
    }


def summary_lines(session: Session, upload: Upload) -> list[Line]:
    """The report for the page of the draft; nothing where none was ever asked for."""
    report = report_of(session, upload)
    if report.is_due:
        return [("now", _("The work is being checked, which takes about a minute"), None)]
    findings = report.findings
    return [in_words(finding) for finding in findings if finding.code not in SAID_BY_THE_DRAFT]


def summary_part(session: Session, upload: Upload, _now: datetime) -> tuple[str, dict[str, Any]]:
    """How the check stands, on the page of a draft."""
    report = report_of(session, upload)
    return "submissions/viewer/checks/_summary.html", {"report": report, "entry": upload.entry}


def refusals(session: Session, upload: Upload) -> list[str]:
    """The sentences for which the edition refuses a hand-in."""
    return [in_words(finding)[1] for finding in blocking(session, upload)]
