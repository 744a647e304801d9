"""The small request that hands an entry in, by the page or by its script."""

from flask import Response, current_app, flash, jsonify, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user

from challenges.editions.navigation import show_edition
from hackaviz.kernel.errors import Conflict
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, refuse, start_writing
from hackaviz.web.errors import wants_json
from submissions.entries import handing_in
from submissions.entries.forms import HandInForm
from submissions.entries.models import Entry, EntryVersion, Upload
from submissions.entries.receipts import signing_key
from submissions.entries.transfers.models import PendingHandIn, Transfer
from submissions.entries.transfers.policy import find_entry_to_send_to, find_named_file
from submissions.entries.transfers.rules import Announced, HandInState
from submissions.entries.views.arriving import announced
from submissions.entries.views.blueprint import Answer, blueprint
from submissions.entries.views.draft import edit_page

ANNOUNCED = "announced"


@blueprint.post("/entries/<public_id>/hand-in")
@audience("verified")
@opens_write_late
def hand_in(public_id: str) -> Answer:
    """Freeze the draft, with the file that the form names."""
    form = HandInForm()
    if not form.validate_on_submit():
        return edit_page(public_id, problem=_("This form was incomplete. Nothing was changed. Hand in again.")), 422
    try:
        entry = find_entry_to_send_to(start_writing(), public_id, current_user)
        show_edition(entry.edition)
        made = _hand_in(entry, form)
    except Conflict as refusal:
        if wants_json():
            raise
        message = str(refusal)
        refuse()
        return edit_page(public_id, problem=message), refusal.status
    return _say(made) if wants_json() else _show(made)


def _hand_in(entry: Entry, form: HandInForm) -> EntryVersion | PendingHandIn:
    return handing_in.hand_in(
        current_session(),
        entry=entry,
        actor=current_user,
        now=request_now(),
        request_key=form.request_key.data or "",
        signing_key=signing_key(current_app.config["SECRET_KEY"]),
        named=_named(entry, form),
        limit=current_app.config["UPLOAD_LIMIT_BYTES"],
    )


def _named(entry: Entry, form: HandInForm) -> Upload | Transfer | Announced | None:
    if form.named.data == ANNOUNCED:
        return announced(form.file_name.data or "", form.bytes.data, form.fingerprint.data or "")
    return find_named_file(current_session(), entry, form.named.data or "")


def _show(made: EntryVersion | PendingHandIn) -> Answer:
    state, words, url = _outcome(made)
    flash(words, "bad" if state in {HandInState.REFUSED, HandInState.TOO_LATE} else "ok")
    return redirect(url)


def _say(made: EntryVersion | PendingHandIn) -> Response:
    state, words, url = _outcome(made)
    return jsonify(state=state.value, message=words, url=url)


def _outcome(made: EntryVersion | PendingHandIn) -> tuple[HandInState, str, str]:
    if isinstance(made, EntryVersion):
        words = _("Version %(number)s is handed in. This is its receipt.", number=made.number)
        return HandInState.COUNTED, words, url_for(".receipt", version_public_id=made.public_id)
    url = url_for(".edit", public_id=made.entry.public_id, _anchor="hand-in")
    if made.state is HandInState.WAITING:
        words = _(
            "Your hand-in has arrived and counts from now. It becomes a version as soon as %(name)s is whole and "
            "accepted.",
            name=made.transfer.file_name,
        )
        return made.state, words, url
    words = _("Your hand-in did not become a version: %(name)s was not accepted in time.", name=made.transfer.file_name)
    return made.state, words, url
