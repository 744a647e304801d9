"""The organisers' pages of payouts: confirm, approve, pay with proof, and the list for the accountant."""

from pathlib import PurePath
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.sponsors.eligibility.wording import ground_words
from hackaviz.kernel.errors import Conflict, DomainError, NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, start_writing
from hackaviz.web.forms import told_in_form
from hackaviz.web.once import makes_once
from hackaviz.web.spreadsheets import spreadsheet
from hackaviz.web.storage import current_storage
from judging.prizes import paying
from judging.prizes.forms import AwardPaymentForm, ConfirmForm
from judging.prizes.models import Award
from judging.prizes.payment_list import payment_rows
from judging.prizes.policy import find_award
from judging.prizes.pools import paid_against_wishes
from judging.prizes.queries import payable_awards
from judging.prizes.shares.queries import shares_in, shares_of
from judging.prizes.standing import rankings_now
from judging.prizes.winnings import winning_with, winnings_of

blueprint = Blueprint("payouts", __name__, url_prefix="/editions/<edition_slug>/organise/awards")
Page = tuple[str, int] | str | Response
LONGEST_NAME = 120


def register(app: Flask) -> None:
    """Add the pages."""
    app.register_blueprint(blueprint)


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def _act() -> dict[str, Any]:
    return {"actor": current_user, "now": request_now()}


def _seen() -> str:
    """What the page showed to whoever decides now."""
    return request.form.get("seen", "")


def _back(edition_slug: str) -> Response:
    return redirect(url_for("prizes.awards", edition_slug=edition_slug))


@blueprint.route("/<int:award_id>/confirm", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def confirm(edition_slug: str, award_id: int) -> Page:
    """Let an award stand on the ranking as it is now, and say why."""
    session, edition, form = current_session(), _edition(edition_slug), ConfirmForm()
    award = find_award(session, edition, award_id)
    acts = {"session": session, "edition": edition, "award": award, "seen": _seen(), **_act()}
    if form.accepts(told_in_form(lambda: paying.confirm_award(reason=form.reason.data or "", **acts))):
        flash(_("The award is confirmed on the ranking as it is now."), "ok")
        return _back(edition_slug)
    session, edition = current_session(), _edition(edition_slug)
    winning = winning_with(session, edition, find_award(session, edition, award_id))
    shown = {"winning": winning, "rankings": rankings_now(session, edition), "ground_words": ground_words}
    return render_template("judging/prizes/confirm.html", edition=edition, form=form, **shown), form.status


@blueprint.post("/<int:award_id>/approve")
@audience("organiser")
@makes_once
def approve(edition_slug: str, award_id: int) -> Page:
    """Approve that an award is paid."""
    edition = _edition(edition_slug)
    award = find_award(current_session(), edition, award_id)
    paying.approve_payout(current_session(), edition=edition, award=award, seen=_seen(), **_act())
    flash(_("You have approved this payment."), "ok")
    return _back(edition_slug)


@blueprint.route("/<int:award_id>/payment", methods=["GET", "POST"])
@audience("organiser")
@opens_write_late
@makes_once
def payment(edition_slug: str, award_id: int) -> Page:
    """Note that a winner was paid."""
    form = AwardPaymentForm()
    find_award(current_session(), _edition(edition_slug), award_id)
    if form.accepts(told_in_form(lambda: _record_payment(edition_slug, award_id, form))):
        flash(_("The payment to the winner is recorded."), "ok")
        return _back(edition_slug)
    session, edition = current_session(), _edition(edition_slug)
    award = find_award(session, edition, award_id)
    winning = winning_with(session, edition, award)
    context = {"form": form, "winning": winning, "shares": shares_of(session, winning)}
    blocker = None if form.is_submitted() else _blocker(session, edition, award)
    return render_template("judging/prizes/payment.html", edition=edition, blocker=blocker, **context), form.status


def _blocker(session: Session, edition: Edition, award: Award) -> DomainError | None:
    """Why the award cannot be paid as it stands."""
    try:
        paying.require_payable(session, edition=edition, award=award)
    except Conflict as error:
        return error
    return None


def _record_payment(edition_slug: str, award_id: int, form: AwardPaymentForm) -> None:
    reading, edition = current_session(), _edition(edition_slug)
    # Asked before the proof is stored, and again under the lock: what is refused leaves no file behind.
    paying.require_payable(reading, edition=edition, award=find_award(reading, edition, award_id))
    reading.close()
    made = paying.WinnerPayment(form.paid_on.data, form.reference.data or "", _proof(form))
    session = start_writing()
    edition = _edition(edition_slug)
    award = find_award(session, edition, award_id)
    paying.record_award_payment(session, edition=edition, award=award, payment=made, **_act())


def _proof(form: AwardPaymentForm) -> paying.Proof | None:
    sent = form.proof.data
    if not sent:
        return None
    name = secure_filename(PurePath(sent.filename or "").name)[-LONGEST_NAME:] or "proof"
    return paying.Proof(current_storage().write(sent.stream).key, name)


@blueprint.get("/<int:award_id>/proof")
@audience("organiser")
def proof(edition_slug: str, award_id: int) -> Page:
    """The proof of a payment, as a file to save: nothing in it is shown by this site."""
    award = find_award(current_session(), _edition(edition_slug), award_id)
    if award.proof_key is None:
        raise NotFound(_l("No proof is kept with this award."))
    with current_storage().open(award.proof_key) as kept:
        answer = Response(kept.read(), content_type="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=award.proof_name)
    return answer


@blueprint.get("/payments.<any(csv, xlsx):kind>")
@audience("organiser")
def export(edition_slug: str, kind: str) -> Page:
    """The list for the accountant."""
    session, edition = current_session(), _edition(edition_slug)
    awards = payable_awards(session, edition)
    withheld = {each.award_id for each in paid_against_wishes(session, awards)}
    winnings = [each for each in winnings_of(awards) if withheld.isdisjoint(award.id for award in each.slices)]
    rows = payment_rows(winnings, rankings_now(session, edition), shares_in(session, winnings))
    return spreadsheet(f"payments-{edition.slug}.{kind}", rows)
