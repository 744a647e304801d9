"""Organisers bring a training work, or take one out. A slow file holds neither a connection nor a lock."""

from typing import Any, BinaryIO, cast

from flask import Flask, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from challenges.briefs.queries import challenges_of
from challenges.editions.policy import find_edition
from hackaviz.kernel.errors import Invalid, NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, start_writing
from hackaviz.web.once import makes_once
from hackaviz.web.storage import current_storage
from judging.scoring.calibration.forms import upload_form
from judging.scoring.calibration.queries import works_of
from judging.scoring.calibration.uploads import add_uploaded_work, remove_work
from judging.scoring.calibration.views import blueprint, organise_page
from judging.scoring.views import Page
from submissions.entries.reception import Received, examine, kept_on_disk
from submissions.entries.refusals import FileTooLarge
from submissions.intake.limits import Limits

# What a form adds around a file.
FORM_BYTES = 64 * 1024


def register(_app: Flask) -> None:
    """The pages stand on the blueprint of the exercise."""


@blueprint.url_value_preprocessor
def _cap_body(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    # Before anything reads the body: one that is too large is refused at its first line, or while it arrives.
    if endpoint == "calibration.upload":
        limit = current_app.config["UPLOAD_LIMIT_BYTES"]
        request.max_content_length = limit + FORM_BYTES
        if (request.content_length or 0) > limit + FORM_BYTES:
            raise FileTooLarge(limit)


@blueprint.post("/organise/jury/calibration/upload")
@audience("organiser")
@opens_write_late
@makes_once
def upload(edition_slug: str) -> Page:
    """Take a file for the exercise."""
    form = upload_form(find_edition(current_session(), edition_slug, current_user))
    if form.accepts(lambda: _add(edition_slug, form)):
        flash(_("The work is in the exercise: jurors find it above their list."), "ok")
        return redirect(url_for(".organise", edition_slug=edition_slug))
    return organise_page(find_edition(current_session(), edition_slug, current_user), upload=form), form.status


def _add(edition_slug: str, form: Any) -> None:
    current_session().close()
    received, session = _received(), start_writing()
    edition = find_edition(session, edition_slug, current_user)
    challenge = next(each for each in challenges_of(session, edition) if each.id == form.challenge.data)
    said = {"title": form.title.data, "message": form.message.data or "", "received": received}
    add_uploaded_work(session, edition=edition, challenge=challenge, **said, actor=current_user, now=request_now())


def _received() -> Received:
    limits, file = Limits(bytes=current_app.config["UPLOAD_LIMIT_BYTES"]), request.files.get("file")
    if file is None or not file.filename:
        raise Invalid(_l("No file was sent. Choose one, then send it."), field="file")
    means: dict[str, Any] = {"storage": current_storage(), "antivirus_url": current_app.config["ANTIVIRUS_URL"]}
    with kept_on_disk(cast(BinaryIO, file.stream), limits.bytes) as path:
        return examine(path, file.filename, limits=limits, **means)


@blueprint.post("/organise/jury/calibration/<int:number>/remove")
@audience("organiser")
def remove(edition_slug: str, number: int) -> Page:
    """Take a work out of the exercise."""
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    work = next((each for each in works_of(session, edition) if each.number == number), None)
    if work is None:
        raise NotFound(_("There is no training work with this number."))
    remove_work(session, edition=edition, work=work, actor=current_user, now=request_now())
    flash(_("The work is out of the exercise."), "ok")
    return redirect(url_for(".organise", edition_slug=edition_slug))
