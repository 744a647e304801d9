"""Opening an account, and showing that its address is one's own."""

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from hackaviz.accounts import own_account
from hackaviz.accounts.forms import SignUpForm
from hackaviz.accounts.links import find_link
from hackaviz.accounts.models import TokenPurpose
from hackaviz.accounts.passwords import hash_password
from hackaviz.accounts.views.blueprint import blueprint
from hackaviz.web.access import audience
from hackaviz.web.addresses import own_path
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, start_writing
from hackaviz.web.language import current_language
from hackaviz.web.once import makes_once


@blueprint.route("/sign-up", methods=["GET", "POST"])
@audience("public")
@opens_write_late
@makes_once
def sign_up() -> ResponseReturnValue:
    """Open an account; the answer is the same whether the address has one already or not."""
    if current_user.is_authenticated:
        return redirect(own_path(request.args.get("next")) or url_for("accounts.account"))
    form = SignUpForm(language=current_language(), next=own_path(request.args.get("next")))
    if form.accepts(lambda: _open_account(form)):
        return redirect(url_for("accounts.letter_sent", about="sign-up"))
    return render_template("hackaviz/accounts/sign_up.html", form=form), form.status


def _open_account(form: SignUpForm) -> None:
    password_hash = hash_password(form.password.data)
    own_account.sign_up(
        start_writing(),
        email=form.email.data,
        name=form.name.data,
        language=form.language.data,
        password_hash=password_hash,
        now=request_now(),
        then=own_path(form.next.data),
    )


@blueprint.get("/verify/<token>")
@audience("public")
def verify(token: str) -> ResponseReturnValue:
    """A button, because programs that read letters follow links by themselves."""
    link = find_link(current_session(), token, TokenPurpose.VERIFY_EMAIL, request_now())
    return render_template("hackaviz/accounts/verify.html", person=link.person)


@blueprint.post("/verify/<token>")
@audience("public")
def verify_email(token: str) -> ResponseReturnValue:
    """The address is verified."""
    own_account.verify_email(current_session(), token=token, now=request_now())
    flash(_("Your e-mail address is verified."), "ok")
    target = own_path(request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target or url_for("accounts.account"))
    return redirect(url_for("accounts.sign_in", next=target))


@blueprint.post("/account/verification")
@audience("signed-in")
@makes_once
def send_verification() -> ResponseReturnValue:
    """Send the link once more."""
    own_account.send_verification(current_session(), person=current_user, now=request_now())
    flash(_("A new letter is on its way to %(email)s.", email=current_user.email), "ok")
    return redirect(url_for("accounts.account"))


def email_not_verified() -> Response:
    """What somebody sees who goes further than the account page before their address is verified."""
    return make_response(render_template("hackaviz/accounts/email_not_verified.html"), 403)
