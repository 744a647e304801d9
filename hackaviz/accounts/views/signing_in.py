"""Signing in and out, and choosing a new password by a letter."""

from flask import Response, flash, make_response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from hackaviz.accounts import own_account
from hackaviz.accounts.authentication import check_password
from hackaviz.accounts.forms import ChoosePasswordForm, ForgottenPasswordForm, SignInForm
from hackaviz.accounts.models import Person
from hackaviz.accounts.passwords import hash_password
from hackaviz.accounts.registry import demo_accounts
from hackaviz.accounts.views.blueprint import blueprint
from hackaviz.web.access import audience
from hackaviz.web.addresses import own_path
from hackaviz.web.clock import request_now
from hackaviz.web.csrf import renew_csrf_token
from hackaviz.web.database import current_session, opens_write_late, start_writing
from hackaviz.web.once import makes_once
from hackaviz.web.typed import TypedForm, seal, unseal


@blueprint.get("/sign-in")
@audience("public")
def sign_in() -> ResponseReturnValue:
    """The form; somebody who is signed in goes on."""
    if current_user.is_authenticated:
        return _go_on(request.args.get("next"))
    form = SignInForm(formdata=None, next=own_path(request.args.get("next")))
    return _sign_in_page(form)


@blueprint.post("/sign-in")
@audience("public")
@opens_write_late
def check_sign_in() -> ResponseReturnValue:
    """Check the password and begin a session, then go on or send what was typed before."""
    form = SignInForm()
    if not form.accepts(lambda: begin_session(check_password(form.email.data, form.password.data, request_now()))):
        return _sign_in_page(form)
    typed = unseal(form.typed.data)
    if typed is not None:
        return render_template("errors/send_again.html", typed=typed, signed_in=True)
    if form.typed.data:
        flash(_("What you had typed was kept for an hour, which is over."), "warn")
    return _go_on(form.next.data)


def _sign_in_page(form: SignInForm) -> ResponseReturnValue:
    page = "session_ended" if form.typed.data else "sign_in"
    return render_template(f"hackaviz/accounts/{page}.html", form=form, demo_accounts=demo_accounts()), form.status


def _go_on(target: str | None) -> Response:
    return make_response(redirect(own_path(target) or url_for("accounts.account")))


def begin_session(person: Person) -> None:
    """Sign somebody in, in a session of its own."""
    forget_session()
    session.permanent = True
    login_user(person)


def forget_session() -> None:
    """Nothing of the session stays but the chosen language."""
    language = session.get("language")
    session.clear()
    renew_csrf_token()
    if language:
        session["language"] = language


def session_ended(typed: TypedForm) -> Response:
    """The answer to a form that arrives when its sender is signed in no longer: sign in again, nothing is lost."""
    form = SignInForm(formdata=None, typed=seal(typed))
    page = render_template("hackaviz/accounts/session_ended.html", form=form, demo_accounts=demo_accounts())
    return make_response(page, 401)


@blueprint.post("/sign-out")
@audience("public")
def sign_out() -> ResponseReturnValue:
    """End every session of this account: a cookie copied before is worth nothing."""
    if current_user.is_authenticated:
        own_account.end_sessions(current_user)
    logout_user()
    forget_session()
    flash(_("You are signed out on every device."), "ok")
    return redirect("/")


@blueprint.route("/password/forgotten", methods=["GET", "POST"])
@audience("public")
@makes_once
def forgotten_password() -> ResponseReturnValue:
    """Ask for a link; the answer is the same whether the address has an account or not."""
    form = ForgottenPasswordForm()
    now = request_now()
    if form.accepts(lambda: own_account.request_reset(current_session(), email=form.email.data, now=now)):
        return redirect(url_for("accounts.letter_sent", about="password"))
    return render_template("hackaviz/accounts/forgotten_password.html", form=form), form.status


@blueprint.get("/sign-up/sent", defaults={"about": "sign-up"})
@blueprint.get("/password/sent", defaults={"about": "password"})
@audience("public")
def letter_sent(about: str) -> ResponseReturnValue:
    """Look into your mailbox."""
    return render_template("hackaviz/accounts/letter_sent.html", about=about)


@blueprint.route("/password/<token>", methods=["GET", "POST"])
@audience("public")
@opens_write_late
def choose_password(token: str) -> ResponseReturnValue:
    """Choose a password by a link; a used or old link says so."""
    person = own_account.owner_of_reset_link(current_session(), token=token, now=request_now())
    form = ChoosePasswordForm()
    if form.accepts(lambda: _choose(token, form.password.data)):
        flash(_("Your password is set. Sign in with it."), "ok")
        return redirect(url_for("accounts.sign_in"))
    return render_template("hackaviz/accounts/choose_password.html", form=form, person=person), form.status


def _choose(token: str, password: str) -> None:
    password_hash = hash_password(password)
    own_account.choose_password(start_writing(), token=token, password_hash=password_hash, now=request_now())
