"""For administrators: people and their rights, and the letters that went out."""

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from hackaviz.accounts import queries
from hackaviz.accounts.forms import RightForm
from hackaviz.accounts.registry import account_registry
from hackaviz.accounts.rights import Right, set_right
from hackaviz.accounts.views.blueprint import blueprint
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.letters import letters_leave
from hackaviz.web.paging import Page, asked_page

PEOPLE_ON_A_PAGE = 50
LETTERS_ON_A_PAGE = 20


@blueprint.get("/administration/people")
@audience("administrator")
def people() -> ResponseReturnValue:
    """Everybody who has an account, by name."""
    text, number = request.args.get("q", "").strip(), asked_page()
    rows, total = queries.people_page(current_session(), text, number=number, size=PEOPLE_ON_A_PAGE)
    page = Page(rows, number, PEOPLE_ON_A_PAGE, total)
    return render_template("hackaviz/accounts/people.html", page=page, text=text)


@blueprint.post("/administration/people/<public_id>/rights")
@audience("administrator")
def change_right(public_id: str) -> ResponseReturnValue:
    """Give or take one right."""
    form = RightForm()
    person = queries.person_by_public_id(current_session(), public_id)
    if person is None:
        abort(404)
    if not form.validate_on_submit():
        abort(400)
    right, given = Right(form.right.data), form.given.data == "yes"
    set_right(current_session(), person=person, right=right, given=given, actor=current_user, now=request_now())
    flash(_("The rights of %(name)s are changed.", name=person.name), "ok")
    return redirect(url_for("accounts.people", q=person.email))


@blueprint.get("/outbox")
@audience("letters")
def outbox() -> ResponseReturnValue:
    """The letters that this site wrote, the newest first; those that would tell jurors whose a work is are kept."""
    number, session, registry = asked_page(), current_session(), account_registry()
    since = registry.letters_kept_since(session, current_user, request_now())
    shown = queries.letters_shown(registry.letters_of_works, since, getattr(current_user, "email", None))
    rows, total = queries.outbox_page(session, shown, number=number, size=LETTERS_ON_A_PAGE)
    page = Page(rows, number, LETTERS_ON_A_PAGE, total)
    shown_with = {"page": page, "site_address": current_app.config["BASE_URL"], "letters_leave": letters_leave()}
    return render_template("hackaviz/accounts/outbox.html", **shown_with)
