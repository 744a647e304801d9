"""Accepting an invitation to a role, with an account or without."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from hackaviz.accounts import queries, service
from hackaviz.accounts.forms import DeclineForm, JoinForm
from hackaviz.accounts.models import Invitation
from hackaviz.accounts.passwords import hash_password
from hackaviz.accounts.registry import account_registry
from hackaviz.accounts.roles import ROLE_NAMES
from hackaviz.accounts.views.blueprint import blueprint
from hackaviz.accounts.views.signing_in import begin_session
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session, opens_write_late, start_writing
from hackaviz.web.language import current_language
from hackaviz.web.once import makes_once


@blueprint.get("/invitations/<token>")
@audience("public")
def invitation(token: str) -> ResponseReturnValue:
    """What is offered, and the one way to take it that fits who is looking."""
    found = _find(token)
    form = JoinForm(formdata=None, name=found.name, language=current_language())
    return _page(found, form)


def _find(token: str) -> Invitation:
    found = queries.invitation_by_token(current_session(), token)
    if found is None:
        raise NotFound(service.NO_INVITATION)
    return found


def _page(found: Invitation, form: JoinForm, decline_form: DeclineForm | None = None) -> ResponseReturnValue:
    state = service.state_of(found, request_now())
    page = render_template(
        "hackaviz/accounts/invitation.html",
        form=form,
        decline_form=decline_form or DeclineForm(formdata=None),
        invitation=found,
        role=ROLE_NAMES[found.role],
        edition=account_registry().edition_cards(current_session(), {found.edition_id}).get(found.edition_id),
        closed=service.CLOSED.get(state),
        has_account=queries.person_by_email(current_session(), found.email) is not None,
        token=(request.view_args or {})["token"],
    )
    return page, 410 if state in service.CLOSED else (decline_form or form).status


@blueprint.post("/invitations/<token>")
@audience("signed-in")
@makes_once
def accept_invitation(token: str) -> ResponseReturnValue:
    """Take the role."""
    service.accept_invitation(current_session(), token=token, person=current_user, now=request_now())
    flash(_("The invitation is accepted."), "ok")
    return redirect(url_for("accounts.account"))


@blueprint.post("/invitations/<token>/decline")
@audience("public")
@makes_once
def decline_invitation(token: str) -> ResponseReturnValue:
    """Say no, with a word why for whoever likes to: the link is enough, no account is needed."""
    found, form = _find(token), DeclineForm()
    facts: dict[str, Any] = {"token": token, "reason": form.reason.data or "", "now": request_now()}
    if form.accepts(lambda: service.decline_invitation(current_session(), **facts)):
        flash(_("The invitation is declined. Thank you for the answer: the organisers read it."), "ok")
        return redirect(url_for(".invitation", token=token))
    return _page(found, JoinForm(formdata=None, name=found.name, language=current_language()), form)


@blueprint.post("/invitations/<token>/account")
@audience("public")
@opens_write_late
def join(token: str) -> ResponseReturnValue:
    """Open an account for the invited address and take the role."""
    form = JoinForm()
    if form.accepts(lambda: _join(token, form)):
        flash(_("Your account is open and the invitation is accepted."), "ok")
        return redirect(url_for("accounts.account"))
    return _page(_find(token), form)


def _join(token: str, form: JoinForm) -> None:
    facts = {"name": form.name.data, "language": form.language.data}
    password_hash = hash_password(form.password.data)
    person = service.join_by_invitation(
        start_writing(), token=token, password_hash=password_hash, now=request_now(), **facts
    )
    begin_session(person)
