"""The organisers' pages of payments to winners that were recorded by mistake."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.sponsors.pool_forms import ReasonForm
from challenges.sponsors.registry import sponsor_registry
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from hackaviz.web.storage import current_storage
from judging.prizes.correcting import take_payment_back
from judging.prizes.policy import find_award
from judging.prizes.posting import payment_key
from judging.prizes.queries import paid_awards, reversed_payment
from judging.prizes.winnings import winning_with

blueprint = Blueprint("corrections", __name__, url_prefix="/editions/<edition_slug>/organise/awards")
Page = tuple[str, int] | str | Response


def register(app: Flask) -> None:
    """Add the pages, and tell the ledger where payments to winners are taken back."""
    app.register_blueprint(blueprint)
    sponsor_registry(app).payment_pages = payment_pages


def payment_pages(session: Any, edition: Edition) -> dict[str, str]:
    """Key of a payment in the ledger → the page that takes it back."""
    return {
        payment_key(award): url_for("corrections.take_back", edition_slug=edition.slug, award_id=award.id)
        for award in paid_awards(session, edition)
    }


@blueprint.route("/<int:award_id>/payment/take-back", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def take_back(edition_slug: str, award_id: int) -> Page:
    """Take a payment to a winner back, with the reason."""
    session, form = current_session(), ReasonForm()
    edition = find_edition(session, edition_slug, current_user)
    award = find_award(session, edition, award_id)
    acts = {"award": award, "actor": current_user, "now": request_now()}
    if form.accepts(lambda: take_payment_back(session, edition=edition, reason=form.reason.data or "", **acts)):
        flash(_("The payment is taken back. The award needs two approvals again before it is paid."), "ok")
        return redirect(url_for("prizes.awards", edition_slug=edition_slug))
    context = {"edition": edition, "form": form, "award": award, "winning": winning_with(session, edition, award)}
    return render_template("judging/prizes/payment_back.html", **context), form.status


@blueprint.get("/taken-back/<int:reversal_id>/proof")
@audience("organiser")
def proof(edition_slug: str, reversal_id: int) -> Page:
    """The proof of a payment that was taken back, as a file to save."""
    session = current_session()
    written = reversed_payment(session, find_edition(session, edition_slug, current_user), reversal_id)
    if written is None or written.proof_key is None:
        raise NotFound(_l("No proof is kept at this address."))
    with current_storage().open(written.proof_key) as kept:
        answer = Response(kept.read(), content_type="application/octet-stream")
    answer.headers.set("Content-Disposition", "attachment", filename=written.proof_name)
    return answer
