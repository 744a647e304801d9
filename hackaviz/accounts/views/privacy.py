"""What we hold of somebody: to take away, or to be let go."""

from datetime import date

from flask import Response, flash, jsonify, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from hackaviz.accounts import privacy
from hackaviz.accounts.authentication import check_password
from hackaviz.accounts.forms import CloseAccountForm
from hackaviz.accounts.models import Person
from hackaviz.accounts.views.blueprint import blueprint
from hackaviz.accounts.views.signing_in import forget_session
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, start_writing


@blueprint.get("/account/data.json")
@audience("signed-in")
def export() -> Response:
    """All that we hold of this person, as a file."""
    response = jsonify(privacy.export_person(current_session(), current_user))
    day: date = request_now().date()
    response.headers["Content-Disposition"] = f'attachment; filename="hackaviz-{day.isoformat()}.json"'
    return response


@blueprint.route("/account/close", methods=["GET", "POST"])
@audience("signed-in")
@opens_write_late
def close_account() -> ResponseReturnValue:
    """Close the account, after its password."""
    form = CloseAccountForm()
    if form.accepts(lambda: _close(form)):
        logout_user()
        forget_session()
        flash(_("Your account is closed. What named you is erased."), "ok")
        return redirect("/")
    return render_template("hackaviz/accounts/close_account.html", form=form), form.status


def _close(form: CloseAccountForm) -> None:
    known = check_password(current_user.email, form.current_password.data, request_now(), field="current_password")
    writing = start_writing()
    privacy.close_account(writing, person=writing.get_one(Person, known.id), now=request_now())
