"""What organisers see and do of an edition: dashboard, texts and dates, rules, organisers, log."""

from datetime import datetime

from flask import Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.editions import service
from challenges.editions.forms import EditionForm, InvitationForm, RulesForm
from challenges.editions.log_words import log_line
from challenges.editions.models import Edition, Visibility
from challenges.editions.policy import find_edition
from challenges.editions.queries import actions_of, count_actions
from challenges.editions.registry import OrganiserLink, Section, WaitingItem, edition_registry, shown_parts, what_waits
from challenges.editions.views import blueprint
from challenges.editions.wording import phases_in_words
from hackaviz.accounts import service as accounts
from hackaviz.accounts.models import Role
from hackaviz.accounts.queries import open_invitations, people_with_role
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.changing import hold
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.forms import bilingual
from hackaviz.web.once import makes_once
from hackaviz.web.paging import Page, asked_page

LOG_PAGE = 50
LAST_ACTS = 6


def register(app: Flask) -> None:
    """Add the pages to the organisers' menu."""
    edition_registry(app).organiser_links += [
        OrganiserLink(Section.DASHBOARD, _l("Dashboard"), "editions.dashboard", order=0),
        OrganiserLink(Section.EDITION, _l("Edition"), "editions.edit", order=10),
        OrganiserLink(Section.EDITION, _l("Rules"), "editions.write_rules", order=11),
        OrganiserLink(Section.EDITION, _l("Organisers"), "editions.organisers", order=90),
        OrganiserLink(Section.EDITION, _l("Log"), "editions.log", order=91),
    ]
    edition_registry(app).waiting.append(_publication_waits)


def _publication_waits(_session: Session, edition: Edition, now: datetime) -> list[WaitingItem]:
    if edition.visibility is Visibility.PUBLISHED:
        return []
    url = url_for("editions.dashboard", edition_slug=edition.slug, _anchor="publication")
    return [WaitingItem(1, _("edition to publish"), url, is_late=edition.registration_opens_at < now)]


def _edition(slug: str) -> Edition:
    return find_edition(current_session(), slug, current_user)


@blueprint.route("/administration/editions/new", methods=["GET", "POST"])
@audience("administrator")
@makes_once
def new() -> Response | tuple[str, int]:
    """Create an edition: a draft."""
    form, made = EditionForm(), list[Edition]()
    if form.accepts(lambda: made.append(_create(form))):
        flash(_("The edition is created as a draft: only organisers see it."), "ok")
        return redirect(url_for("editions.dashboard", edition_slug=made[0].slug))
    return render_template("challenges/editions/new.html", form=form), form.status


def _create(form: EditionForm) -> Edition:
    return service.create_edition(current_session(), details=form.details(), actor=current_user, now=request_now())


@blueprint.get("/editions/<edition_slug>/organise")
@audience("organiser")
def dashboard(edition_slug: str) -> str:
    """Where the edition stands, what waits for someone, the last acts, and what other rooms show to organisers."""
    session, found, now = current_session(), _edition(edition_slug), request_now()
    return render_template(
        "challenges/editions/dashboard.html",
        edition=found,
        now=now,
        phases=phases_in_words(found, now),
        missing=_missing(found),
        waiting=what_waits(session, found, now),
        last_acts=[log_line(logged, found.time_zone, now) for logged in actions_of(session, found, size=LAST_ACTS)],
        parts=list(shown_parts(edition_registry().dashboard_parts, session, found, now)),
    )


def _missing(edition: Edition) -> list[str]:
    if edition.visibility is Visibility.PUBLISHED:
        return []
    return service.missing_before_publication(current_session(), edition)


@blueprint.route("/editions/<edition_slug>/organise/edition", methods=["GET", "POST"])
@audience("organiser")
def edit(edition_slug: str) -> Response | tuple[str, int]:
    """Change texts, dates and numbers."""
    found = _edition(edition_slug)
    hold(found)
    form = EditionForm.of(found)
    if form.accepts(lambda: _edit(found, form)):
        flash(_("The edition is saved."), "ok")
        return redirect(url_for("editions.edit", edition_slug=found.slug))
    return render_template("challenges/editions/edit.html", form=form, edition=found), form.status


def _edit(edition: Edition, form: EditionForm) -> None:
    details = form.details()
    service.edit_edition(current_session(), edition=edition, details=details, actor=current_user, now=request_now())


@blueprint.post("/editions/<edition_slug>/organise/publish")
@audience("organiser")
@makes_once
def publish(edition_slug: str) -> Response:
    """Show the edition to everyone."""
    found = _edition(edition_slug)
    service.publish_edition(current_session(), edition=found, actor=current_user, now=request_now())
    flash(_("The edition is published: everyone sees it."), "ok")
    return redirect(url_for("editions.dashboard", edition_slug=found.slug))


@blueprint.route("/editions/<edition_slug>/organise/rules", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def write_rules(edition_slug: str) -> Response | tuple[str, int]:
    """Write the next version of the rules, starting from the one in force."""
    found = _edition(edition_slug)
    hold(found)
    current = found.current_rules
    texts = {f"text_{language}": words for language, words in current.text.as_dict().items()} if current else {}
    form = RulesForm(data=texts)
    if form.accepts(lambda: _publish_rules(found, form)):
        flash(_("This version of the rules is published. Earlier acceptances stay tied to theirs."), "ok")
        return redirect(url_for("editions.write_rules", edition_slug=found.slug))
    return render_template("challenges/editions/write_rules.html", form=form, edition=found), form.status


def _publish_rules(edition: Edition, form: RulesForm) -> None:
    text = bilingual(form, "text")
    service.publish_rules(current_session(), edition=edition, text=text, actor=current_user, now=request_now())


@blueprint.route("/editions/<edition_slug>/organise/organisers", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def organisers(edition_slug: str) -> Response | tuple[str, int]:
    """Who organises, who is invited to; invite another person."""
    session, found = current_session(), _edition(edition_slug)
    form = InvitationForm()
    if form.accepts(lambda: _invite(found, form)):
        flash(_("The invitation is on its way to %(email)s.", email=form.email.data), "ok")
        return redirect(url_for("editions.organisers", edition_slug=found.slug))
    people = people_with_role(session, found.id, Role.ORGANISER)
    invitations = open_invitations(session, found.id, Role.ORGANISER)
    page = {"edition": found, "form": form, "people": people, "invitations": invitations}
    return render_template("challenges/editions/organisers.html", **page), form.status


def _invite(edition: Edition, form: InvitationForm) -> None:
    accounts.invite(
        current_session(),
        edition=edition,
        role=Role.ORGANISER,
        email=form.email.data,
        name=form.name.data,
        sponsor_id=None,
        actor=current_user,
        now=request_now(),
    )


@blueprint.post("/editions/<edition_slug>/organise/organisers/invitations/<int:invitation_id>/withdraw")
@audience("organiser")
@makes_once
def withdraw_invitation(edition_slug: str, invitation_id: int) -> Response:
    """Make the link of an invitation useless."""
    session, found = current_session(), _edition(edition_slug)
    waiting = {each.id: each for each in open_invitations(session, found.id, Role.ORGANISER)}
    if invitation_id not in waiting:
        raise NotFound(_l("This invitation is no longer open."))
    accounts.withdraw_invitation(session, invitation=waiting[invitation_id], actor=current_user, now=request_now())
    flash(_("The invitation is withdrawn."), "ok")
    return redirect(url_for("editions.organisers", edition_slug=edition_slug))


@blueprint.get("/editions/<edition_slug>/organise/log")
@audience("organiser")
def log(edition_slug: str) -> str:
    """Every act of the edition, the latest first."""
    session, found, number = current_session(), _edition(edition_slug), asked_page()
    logged = actions_of(session, found, page=number, size=LOG_PAGE)
    lines = [log_line(each, found.time_zone, request_now()) for each in logged]
    page = Page(lines, number, LOG_PAGE, count_actions(session, found))
    return render_template("challenges/editions/log.html", edition=found, page=page)
