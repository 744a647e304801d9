"""The account page: what somebody is here, and what they may change of it."""

from flask import flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from hackaviz.accounts import own_account
from hackaviz.accounts.authentication import check_password
from hackaviz.accounts.forms import ChangePasswordForm, DetailsForm
from hackaviz.accounts.models import Person
from hackaviz.accounts.participations import participations
from hackaviz.accounts.passwords import hash_password
from hackaviz.accounts.views.blueprint import blueprint
from hackaviz.accounts.views.signing_in import begin_session
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, start_writing


@blueprint.route("/account", methods=["GET", "POST"])
@audience("signed-in")
def account() -> ResponseReturnValue:
    """Name, language, roles."""
    form = DetailsForm(obj=current_user)
    if form.accepts(lambda: _change_details(form)):
        flash(_("Your account is changed."), "ok")
        return redirect(url_for("accounts.account"))
    parts = participations(current_session(), current_user)
    return render_template("hackaviz/accounts/account.html", form=form, participations=parts), form.status


def _change_details(form: DetailsForm) -> None:
    facts = {"name": form.name.data, "language": form.language.data}
    own_account.change_details(current_session(), person=current_user, now=request_now(), **facts)
    session["language"] = form.language.data


@blueprint.route("/account/password", methods=["GET", "POST"])
@audience("signed-in")
@opens_write_late
def change_password() -> ResponseReturnValue:
    """A new password by the current one; other sessions end."""
    form = ChangePasswordForm()
    if form.accepts(lambda: _change_password(form)):
        flash(_("Your password is changed. Every other session has ended."), "ok")
        return redirect(url_for("accounts.account"))
    return render_template("hackaviz/accounts/change_password.html", form=form), form.status


def _change_password(form: ChangePasswordForm) -> None:
    known = check_password(current_user.email, form.current_password.data, request_now(), field="current_password")
    password_hash = hash_password(form.new_password.data)
    writing = start_writing()
    person = writing.get_one(Person, known.id)
    own_account.change_password(writing, person=person, password_hash=password_hash, now=request_now())
    begin_session(person)
