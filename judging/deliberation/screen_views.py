"""The screens of the meeting: what everybody looks at, and the acts of whoever leads it."""

from typing import Any

from flask import Flask, flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from challenges.editions.policy import find_edition, may_organise
from hackaviz.accounts.registry import account_registry
from hackaviz.web.access import audience, declare_audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from judging.deliberation.chairing import note_attendance, put_on_table
from judging.deliberation.export import export_attendances
from judging.deliberation.forms import AttendanceForm, TableForm
from judging.deliberation.policy import leads, may_open_at_meeting
from judging.deliberation.queries import meeting_of
from judging.deliberation.screen import Screen, may_discuss, screen_of, turn_of
from judging.deliberation.views import blueprint, challenge_at
from judging.panels.hints import recused_pairs
from judging.panels.policy import find_entry, not_yours
from judging.panels.queries import jurors_of
from judging.scoring.progress import is_cleaned, work_of
from judging.scoring.wording import blind_sheet, rubric_in_words
from submissions.entries.models import Entry
from submissions.viewer.frame import Frame, frame_of
from submissions.viewer.registry import viewer_registry


def register(app: Flask) -> None:
    """Say who leads a meeting, let its jurors look at the works, and tell people when they were there."""
    declare_audience(app, "chair", _leads)
    account_registry(app).exports["jury_meetings"] = export_attendances
    viewer_registry(app).may_open.append(
        lambda person, upload, _now: may_open_at_meeting(current_session(), person, upload)
    )


def _leads(person: Any, address: dict[str, Any]) -> bool:
    return leads(current_session(), person, find_edition(current_session(), address["edition_slug"], person))


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


@blueprint.get("/deliberation/screen")
@audience("jury")
def screen(edition_slug: str) -> str:
    """What a juror's screen shows: it follows the chair."""
    edition = _edition(edition_slug)
    return _page("judging/deliberation/screen.html", edition, current_user)


@blueprint.get("/organise/deliberation/projector")
@audience("organiser")
def projector(edition_slug: str) -> str:
    """The same for the wall of the room: it only shows."""
    return _page("judging/deliberation/projector.html", _edition(edition_slug), None)


def _page(template: str, edition: Edition, reader: Any) -> str:
    shown = screen_of(current_session(), edition, reader)
    page: dict[str, Any] = {"edition": edition, "screen": shown, "sheet_of": blind_sheet}
    page["frame"] = _frame(shown)
    page["rubric"] = rubric_in_words(shown.challenge) if shown.challenge else ()
    if reader is not None and leads(current_session(), reader, edition):
        page |= {"is_chair": True, "challenges": challenges_of(current_session(), edition)}
        page["listed"] = may_discuss(current_session(), edition, reader)
    return render_template(template, **page)


def _frame(shown: Screen) -> Frame | None:
    if shown.entry is None:
        return None
    entry, session = shown.entry.entry, current_session()
    alt = blind_sheet(entry).text_alternative
    if not is_cleaned(session, work_of(entry)):
        return None
    return frame_of(session, work_of(entry), title=entry.code, alt=alt, now=request_now())


@blueprint.get("/deliberation/turn")
@audience("jury")
def turn(edition_slug: str) -> Response:
    """Which turn the meeting is at, for the screen of a juror."""
    return _turn(_edition(edition_slug), current_user)


@blueprint.get("/organise/deliberation/turn")
@audience("organiser")
def projector_turn(edition_slug: str) -> Response:
    """The same for the projector."""
    return _turn(_edition(edition_slug), None)


def _turn(edition: Edition, reader: Any) -> Response:
    return jsonify(turn=turn_of(current_session(), meeting_of(current_session(), edition), reader))


@blueprint.post("/deliberation/table")
@audience("chair")
def put(edition_slug: str) -> Response:
    """Put an entry or a challenge on the table, or clear it."""
    edition, form = _edition(edition_slug), TableForm()
    entry = _entry(edition, form.entry.data.strip()) if form.entry.data else None
    number = entry.challenge.number if entry else form.number.data
    challenge = challenge_at(edition, number) if number is not None else None
    acted: dict[str, Any] = {"actor": current_user, "now": request_now()}
    put_on_table(current_session(), edition=edition, challenge=challenge, entry=entry, **acted)
    if not may_organise(current_user, edition):
        return redirect(url_for(".screen", edition_slug=edition_slug))
    if challenge is None:
        return redirect(url_for(".meeting", edition_slug=edition_slug))
    anchor = f"entry-{entry.code}" if entry else None
    return redirect(url_for(".challenge", edition_slug=edition_slug, number=challenge.number, _anchor=anchor))


def _entry(edition: Edition, code: str) -> Entry:
    """Raises NotFound; for a juror who leads also for an entry that they have a conflict with."""
    entry = find_entry(current_session(), edition, code)
    if (current_user.id, entry.id) in recused_pairs(current_session(), edition):
        raise not_yours()
    return entry


@blueprint.post("/organise/deliberation/attendance")
@audience("organiser")
@makes_once
def attendance(edition_slug: str) -> Response:
    """Note who is there."""
    edition, form = _edition(edition_slug), AttendanceForm()
    form.offer(jurors_of(current_session(), edition))
    acted: dict[str, Any] = {"actor": current_user, "now": request_now()}
    note_attendance(current_session(), edition=edition, present=form.present.data or (), **acted)
    flash(_("Who is present is noted, with the time."), "ok")
    return redirect(url_for(".meeting", edition_slug=edition_slug))
