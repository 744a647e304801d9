"""The pages of the jury: who judges, invitations, conflicts; and the page where a juror declares a conflict."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, PagePart, Section, edition_registry
from hackaviz.accounts.models import Role
from hackaviz.accounts.queries import declined_invitations, open_invitations
from hackaviz.accounts.service import invite, withdraw_invitation
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience, declare_audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from judging.panels import queries, service
from judging.panels.coverage import panel_of
from judging.panels.forms import ConflictForm, InvitationForm, OwnConflictForm
from judging.panels.hints import open_hints
from judging.panels.policy import find_assigned_entry, find_entry, find_juror, is_juror, is_of_the_jury, may_open_work
from judging.panels.rules import ConflictKind
from judging.panels.waiting import coverage_part, jury_waits
from judging.panels.wording import KINDS, hint_words
from submissions.entries.queries import handed_in_entries
from submissions.viewer.registry import viewer_registry

blueprint = Blueprint("panels", __name__, url_prefix="/editions/<edition_slug>")
Page = tuple[str, int] | str | Response


def register(app: Flask) -> None:
    """Add the pages, the audience of jurors, and what the dashboard shows of a jury."""
    app.register_blueprint(blueprint)
    declare_audience(app, "juror", lambda person, address: is_juror(current_session(), person, address))
    declare_audience(app, "jury", lambda person, address: is_of_the_jury(current_session(), person, address))
    viewer_registry(app).may_open.append(lambda *asked: may_open_work(current_session(), *asked))
    registry = edition_registry(app)
    registry.organiser_links.append(OrganiserLink(Section.JURY, _l("Jury"), "panels.jury", order=60))
    registry.waiting.append(jury_waits)
    registry.dashboard_parts.append(PagePart(40, "judging/panels/_coverage.html", coverage_part))


def edition_at(edition_slug: str) -> Edition:
    """The edition of this page."""
    return find_edition(current_session(), edition_slug, current_user)


def acted() -> dict[str, Any]:
    """Who acts, and when."""
    return {"actor": current_user, "now": request_now()}


@blueprint.route("/organise/jury", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def jury(edition_slug: str) -> Page:
    """Jurors with their load and progress, invitations that wait, and another one."""
    edition, form, session = edition_at(edition_slug), InvitationForm(), current_session()
    who = {"email": form.email.data, "name": form.name.data, "role": Role.JUROR}
    if form.accepts(lambda: invite(session, edition=edition, **who, **acted())):
        flash(_("The invitation is on its way to %(email)s.", email=form.email.data), "ok")
        return redirect(url_for(".jury", edition_slug=edition_slug))
    page = {"panel": panel_of(session, edition), "waiting": open_invitations(session, edition.id, Role.JUROR)}
    page |= {"declined": declined_invitations(session, edition.id, Role.JUROR)}
    page |= {"seats": queries.seats_of(session, edition), "apart": queries.prize_seats(session, edition)}
    return render_template(
        "judging/panels/jury.html", edition=edition, form=form, now=request_now(), **page
    ), form.status


@blueprint.post("/organise/jury/<person_id>/remove")
@audience("organiser")
@makes_once
def remove(edition_slug: str, person_id: str) -> Page:
    """Take the role back from a juror who has begun nothing."""
    edition, session = edition_at(edition_slug), current_session()
    juror = find_juror(session, edition, person_id)
    service.remove_juror(session, edition=edition, juror=juror, **acted())
    flash(_("%(name)s is no longer in the jury.", name=juror.name), "ok")
    return redirect(url_for(".jury", edition_slug=edition_slug))


@blueprint.post("/organise/jury/invitations/<int:invitation_id>/withdraw")
@audience("organiser")
@makes_once
def withdraw(edition_slug: str, invitation_id: int) -> Page:
    """Make an invitation useless."""
    edition, session = edition_at(edition_slug), current_session()
    waiting = {each.id: each for each in open_invitations(session, edition.id, Role.JUROR)}
    if invitation_id not in waiting:
        raise NotFound(_("This invitation is no longer open."))
    withdraw_invitation(session, invitation=waiting[invitation_id], **acted())
    flash(_("The invitation is withdrawn."), "ok")
    return redirect(url_for(".jury", edition_slug=edition_slug))


@blueprint.route("/organise/jury/conflicts", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def conflicts(edition_slug: str) -> Page:
    """Possible conflicts to settle, those declared, and a form for another."""
    edition, form, session = edition_at(edition_slug), ConflictForm(), current_session()
    judges = queries.judges_of(session, edition)
    form.offer(judges, handed_in_entries(session, edition))
    if form.accepts(lambda: _declare(edition, form)):
        flash(_("The conflict is declared: the juror no longer sees this entry."), "ok")
        return redirect(url_for(".conflicts", edition_slug=edition_slug))
    panel = panel_of(session, edition)
    page = {
        "people": {juror.id: juror for juror in judges},
        "entries": {entry.id: entry for entry in panel.entries},
        "hints": [(hint, hint_words(hint)) for hint in open_hints(session, edition)],
        "declared": queries.conflicts_of(session, edition),
        "panel": panel,
        "kinds": KINDS,
    }
    return render_template("judging/panels/conflicts.html", edition=edition, form=form, **page), form.status


def _declare(edition: Edition, form: ConflictForm) -> None:
    session = current_session()
    juror, entry = find_juror(session, edition, form.juror.data), find_entry(session, edition, form.entry.data)
    said: dict[str, Any] = {"kind": ConflictKind(form.kind.data), "reason": form.reason.data}
    service.declare_conflict(session, entry=entry, juror=juror, **said, **acted())


@blueprint.post("/organise/jury/conflicts/confirm")
@audience("organiser")
def confirm(edition_slug: str) -> Page:
    """Declare the conflict that a hint suggests."""
    edition, session = edition_at(edition_slug), current_session()
    juror = find_juror(session, edition, request.form.get("juror", ""))
    entry = find_entry(session, edition, request.form.get("entry", ""))
    hints = (hint for hint in open_hints(session, edition) if (hint.juror, hint.entry) == (juror.id, entry.id))
    for hint in hints:
        said: dict[str, Any] = {"kind": hint.kind, "reason": hint_words(hint)}
        service.declare_conflict(session, entry=entry, juror=juror, **said, **acted())
    flash(_("The conflict is declared: the juror no longer sees this entry."), "ok")
    return redirect(url_for(".conflicts", edition_slug=edition_slug))


@blueprint.post("/organise/jury/conflicts/clear")
@audience("organiser")
def clear(edition_slug: str) -> Page:
    """Say that a hint is no conflict."""
    edition, session = edition_at(edition_slug), current_session()
    juror = find_juror(session, edition, request.form.get("juror", ""))
    entry = find_entry(session, edition, request.form.get("entry", ""))
    service.clear_hint(session, entry=entry, juror=juror, **acted())
    flash(_("Noted: this is no conflict."), "ok")
    return redirect(url_for(".conflicts", edition_slug=edition_slug))


@blueprint.route("/jury/<code>/conflict", methods=["GET", "POST"])
@audience("juror")
@makes_once
def own_conflict(edition_slug: str, code: str) -> Page:
    """A juror declares a conflict: the entry leaves their list."""
    edition, form, session = edition_at(edition_slug), OwnConflictForm(), current_session()
    entry = find_assigned_entry(session, edition, code, current_user)
    what = {"entry": entry, "juror": current_user, "reason": form.reason.data or ""}
    if form.accepts(lambda: service.declare_conflict(session, **what, **acted())):
        flash(_("Thank you. %(code)s is no longer in your list: somebody else will review it.", code=entry.code), "ok")
        return redirect(url_for("scoring.reviews", edition_slug=edition_slug))
    return render_template("judging/panels/own_conflict.html", edition=edition, entry=entry, form=form), form.status
