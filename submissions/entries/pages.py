"""What the pages of an entry show, gathered for their templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from challenges.editions.sheet.queries import questions_of
from challenges.editions.sheet.rules import SheetField
from hackaviz.accounts.rules import InvitationState, invitation_state
from hackaviz.web.storage import where_browsers_upload
from submissions.entries.hand_in_page import way_in
from submissions.entries.listing.queries import listing_of
from submissions.entries.manifest import draft_texts
from submissions.entries.models import Entry, Upload, UploadState
from submissions.entries.queries import latest_uploads
from submissions.entries.registry import Line, entry_registry
from submissions.entries.rules import Missing
from submissions.entries.service import readiness
from submissions.entries.sheet.rules import SheetGap
from submissions.entries.sheet.wording import sheet_rows
from submissions.entries.wording import MISSING_WORDS, kind_word, opens_with, reasons_in_words, told_of_people
from submissions.teams.queries import registrations_of_members


@dataclass(frozen=True)
class Step:
    """One step of an entry, as the stepper draws it."""

    name: str
    detail: str
    state: str
    url: str


def entry_page(session: Session, entry: Entry, person: Any, now: datetime) -> dict[str, Any]:
    """The draft: its files, report, sheet and citations, what is missing, and what was handed in."""
    registrations = registrations_of_members(session, entry.team)
    missing = readiness(entry, registrations, person).missing()
    report = report_lines(session, entry)
    return {
        "entry": entry,
        "edition": entry.edition,
        "team": entry.team,
        "now": now,
        "limit_bytes": current_app.config["UPLOAD_LIMIT_BYTES"],
        "parts_go_to_bucket": bool(where_browsers_upload()),
        **way_in(session, entry, now),
        "uploads": [(each, reasons_in_words(each)) for each in latest_uploads(session, entry)],
        "work_parts": _work_parts(session, entry, now),
        "report": report,
        "missing_beside_file": [each for each in missing if each is not Missing.UPLOAD],
        "missing": [(MISSING_WORDS[each], _where(each, entry)) for each in missing],
        "sheet_rows": sheet_rows(draft_texts(entry)),
        "asks_consent": questions_of(entry.edition).ask(SheetField.CONSENT),
        "listing": listing_of(session, entry) if entry.edition.aims else None,
        "changed_since": has_changed_since_hand_in(entry),
        "steps": steps(entry, missing, report),
        "next_number": len(entry.versions) + 1,
        "waiting_invitations": waiting_invitations(entry, now),
    }


def has_changed_since_hand_in(entry: Entry) -> bool:
    """Whether the draft is newer than the version that counts."""
    version = entry.current_version
    if version is None:
        return False
    return entry.updated_at > version.handed_in_at or entry.current_upload_id != version.upload_id


def waiting_invitations(entry: Entry, now: datetime) -> list[str]:
    """The addresses of those who have not accepted."""
    return [each.email for each in entry.team.invitations if invitation_state(each, now) is InvitationState.OPEN]


def report_lines(session: Session, entry: Entry) -> list[Line]:
    """The check report of the current file, in plain words: what other rooms found, else what intake saw."""
    upload = entry.current_upload
    if upload is None:
        return []
    found = [line for lines in entry_registry().check_lines for line in lines(session, upload)]
    seen = found or [_weight(upload), *_hosts(upload)]
    return [_recognised(upload), *seen, *_told(upload), _alternative(entry), _citations(entry)]


def _recognised(upload: Upload) -> Line:
    opened = opens_with(upload.kind, upload.entry_point or "") if upload.kind == "static-site" else None
    return "ok", _("%(kind)s recognised and readable", kind=kind_word(upload.kind)), opened


def _weight(upload: Upload) -> Line:
    size = current_app.jinja_env.filters["filesize"](upload.bytes)
    count = int(upload.report.get("files", 1))
    return "ok", ngettext("One file, %(size)s", "%(num)s files, %(size)s as sent", count, size=size), None


def _told(upload: Upload) -> list[Line]:
    """What the file tells of people, while it can still be made again without."""
    told = told_of_people(upload)
    if not told:
        return []
    kept = _("Jury, public and archive get copies without it. What a page or a picture shows is yours to change.")
    return [("info", _("The file itself tells %(things)s", things="; ".join(told[:5])), kept)]


def _hosts(upload: Upload) -> list[Line]:
    hosts = upload.report.get("external_hosts", [])
    if not hosts:
        return [("ok", _("Needs no other site: the jury will see it without network"), None)]
    advice = _("The jury sees entries without network, so this will be missing. Put a copy in your archive.")
    return [("warn", _("Loads from other sites: %(hosts)s", hosts=", ".join(hosts)), advice)]


def _alternative(entry: Entry) -> Line:
    if entry.text_alternative:
        return "ok", _("A text alternative is there"), None
    return "warn", _("No text alternative yet"), _("It tells people who cannot see the work what it shows.")


def _citations(entry: Entry) -> Line:
    count = len(entry.citations)
    if count:
        return "ok", ngettext("One dataset cited", "%(num)s datasets cited", count), None
    return "warn", _("No dataset cited yet"), _("The rules ask for at least one dataset of the catalogue.")


def _work_parts(session: Session, entry: Entry, now: datetime) -> list[tuple[str, dict[str, Any]]]:
    if entry.current_upload is None:
        return []
    parts = (part(session, entry.current_upload, now) for part in entry_registry().work_parts)
    return [part for part in parts if part is not None]


def _where(missing: Missing | SheetGap, entry: Entry) -> str:
    if missing is Missing.UPLOAD:
        return "#files"
    if isinstance(missing, SheetGap):
        return url_for("entries.sheet", public_id=entry.public_id, _anchor=missing.value)
    if missing is Missing.CITATION:
        return url_for("entries.citations", public_id=entry.public_id)
    if missing is Missing.RULES:
        return url_for("teams.accept_rules", edition_slug=entry.edition.slug)
    return url_for("teams.team", public_id=entry.team.public_id)


def draft_steps(session: Session, entry: Entry, person: Any) -> list[Step]:
    """Where the draft stands, for pages that show only a part of it."""
    missing = readiness(entry, registrations_of_members(session, entry.team), person).missing()
    return steps(entry, missing, report_lines(session, entry))


def steps(entry: Entry, missing: list[Missing | SheetGap], report: list[Line]) -> list[Step]:
    """Files, sheet, check, hand-in, as the stepper draws them."""
    edit = url_for("entries.edit", public_id=entry.public_id)
    lacks_sheet = [each for each in missing if isinstance(each, SheetGap) or each is Missing.CITATION]
    states = [state for state, *_rest in report]
    is_handed_in = entry.current_version is not None and not has_changed_since_hand_in(entry)
    facts = [
        (_("Files"), _files_detail(entry), Missing.UPLOAD not in missing, f"{edit}#files"),
        (_("Sheet"), _sheet_detail(lacks_sheet), not lacks_sheet, url_for("entries.sheet", public_id=entry.public_id)),
        (
            _("Check"),
            _check_detail(states),
            bool(states) and not {"warn", "now"} & set(states),
            f"{edit}#check" if states else "",
        ),
        (_("Hand-in"), _hand_in_detail(entry), is_handed_in, f"{edit}#hand-in"),
    ]
    current = next((place for place, fact in enumerate(facts) if not fact[2]), None)
    return [
        Step(name, detail, "done" if done else "now" if place == current else "next", url)
        for place, (name, detail, done, url) in enumerate(facts)
    ]


def _files_detail(entry: Entry) -> str:
    return _("none yet") if entry.current_upload is None else _("received")


def _sheet_detail(lacks: Sequence[Missing | SheetGap]) -> str:
    return ngettext("one thing to fill", "%(num)s things to fill", len(lacks)) if lacks else _("complete")


def _check_detail(states: list[str]) -> str:
    if not states:
        return _("after a file")
    if "now" in states:
        return _("under way")
    warnings = states.count("warn")
    return ngettext("one point to look at", "%(num)s points to look at", warnings) if warnings else _("all well")


def _hand_in_detail(entry: Entry) -> str:
    if entry.current_version is None:
        return _("not yet")
    number = entry.current_version.number
    if has_changed_since_hand_in(entry):
        return _("version %(number)s, draft changed since", number=number)
    return _("version %(number)s", number=number)


def was_refused(upload: Upload) -> bool:
    """Whether a file was judged and refused."""
    return upload.state is UploadState.REFUSED
