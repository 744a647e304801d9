"""The organisers' pages of prizes."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.sponsors import prizes as announcing
from challenges.sponsors import queries
from challenges.sponsors.forms import challenge_label
from challenges.sponsors.gifts.queries import gifts_of
from challenges.sponsors.policy import find_prize
from challenges.sponsors.prize_forms import PolicyForm, PrizeForm
from challenges.sponsors.registry import sponsor_registry
from challenges.sponsors.rules import totals_of
from challenges.sponsors.wording import KINDS
from hackaviz.web.access import audience
from hackaviz.web.changing import hold
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once

blueprint = Blueprint("sponsors", __name__)
Page = tuple[str, int] | str | Response


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def _act() -> dict[str, Any]:
    return {"actor": current_user, "now": request_now()}


def _back(edition_slug: str) -> Response:
    return redirect(url_for(".prizes", edition_slug=edition_slug))


def _offer(form: PrizeForm, edition: Edition) -> None:
    session = current_session()
    choices = sponsor_registry().challenges(session, edition)
    form.offer(choices, queries.sponsors_of(session, edition), gifts_of(session, edition))


@blueprint.get("/editions/<edition_slug>/organise/prizes")
@audience("organiser")
def prizes(edition_slug: str) -> Page:
    """Every announced prize, with the total beside what is promised."""
    session, edition = current_session(), _edition(edition_slug)
    announced = queries.prizes_of(session, edition)
    labels = {each.id: challenge_label(each) for each in sponsor_registry().challenges(session, edition)}
    return render_template(
        "challenges/sponsors/prizes.html",
        edition=edition,
        prizes=announced,
        labels=labels,
        kinds=KINDS,
        total=sum(prize.cents for prize in announced),
        promised=totals_of(queries.pledges_of(session, edition)).promised,
        form=PolicyForm(one_prize=queries.one_prize_per_entry(session, edition)),
    )


@blueprint.post("/editions/<edition_slug>/organise/prizes/policy")
@audience("organiser")
def prize_policy(edition_slug: str) -> Page:
    """Decide whether an entry may win several prizes."""
    edition, form = _edition(edition_slug), PolicyForm()
    announcing.allow_one_prize(current_session(), edition=edition, one_prize=bool(form.one_prize.data), **_act())
    flash(_("The rule is saved."), "ok")
    return _back(edition_slug)


@blueprint.route("/editions/<edition_slug>/organise/prizes/new", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def new_prize(edition_slug: str) -> Page:
    """Announce a prize."""
    edition, form = _edition(edition_slug), PrizeForm(remembers=False)
    _offer(form, edition)
    if form.accepts(lambda: announcing.declare_prize(current_session(), edition=edition, terms=form.terms(), **_act())):
        flash(_("The prize is announced."), "ok")
        return _back(edition_slug)
    return render_template("challenges/sponsors/prize_form.html", edition=edition, form=form, prize=None), form.status


@blueprint.route("/editions/<edition_slug>/organise/prizes/<int:prize_id>", methods=["GET", "POST"])
@audience("organiser")
def prize(edition_slug: str, prize_id: int) -> Page:
    """Change an announced prize."""
    session, edition = current_session(), _edition(edition_slug)
    announced = find_prize(session, edition, prize_id)
    hold(announced)
    form = PrizeForm.of(announced)
    _offer(form, edition)
    if form.accepts(lambda: announcing.change_prize(session, prize=announced, terms=form.terms(), **_act())):
        flash(_("The prize is changed, and the change is dated on the challenge's page."), "ok")
        return _back(edition_slug)
    context = {"form": form, "prize": announced, "is_awarded": sponsor_registry().is_awarded(session, announced)}
    return render_template("challenges/sponsors/prize_form.html", edition=edition, **context), form.status


@blueprint.post("/editions/<edition_slug>/organise/prizes/<int:prize_id>/withdraw")
@audience("organiser")
@makes_once
def withdraw_prize(edition_slug: str, prize_id: int) -> Page:
    """Take back a prize that nobody was awarded."""
    announced = find_prize(current_session(), _edition(edition_slug), prize_id)
    announcing.withdraw_prize(current_session(), prize=announced, **_act())
    flash(_("The prize is withdrawn."), "ok")
    return _back(edition_slug)
