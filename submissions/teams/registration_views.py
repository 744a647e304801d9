"""Pages of registration: a person registers and accepts the rules; organisers confirm what was stated."""

from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition, RulesVersion
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from challenges.editions.rules import registration_is_open
from challenges.sponsors.eligibility.queries import conditions_in
from hackaviz.web.access import audience, declare_audience
from hackaviz.web.addresses import own_path
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once
from hackaviz.web.paging import asked_page
from submissions.teams import figures, service
from submissions.teams.forms import DecisionForm, RegistrationForm, RulesForm
from submissions.teams.models import Eligibility, Registration
from submissions.teams.policy import find_registration
from submissions.teams.queries import ParticipantFilter, is_registered, participants, registration_of

blueprint = Blueprint("teams", __name__)
Answer = Response | tuple[str, int] | str


def register(app: Flask) -> None:
    """Declare the audience of registered people and what organisers see of participants."""
    declare_audience(
        app, "registered", lambda person, address: is_registered(current_session(), address["edition_slug"], person)
    )
    registry = edition_registry(app)
    registry.waiting.append(figures.statuses_waiting)
    registry.organiser_links.append(
        OrganiserLink(Section.TEAMS, _l("Participants"), "teams.participants_list", order=30)
    )


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


@blueprint.route("/editions/<edition_slug>/register", methods=["GET", "POST"])
@audience("verified")
@makes_once
def register_person(edition_slug: str) -> Answer:
    """Register for an edition, or see that one is registered, or that registration is closed."""
    edition, now = _edition(edition_slug), request_now()
    _remember_way_back()
    registration = registration_of(current_session(), edition, current_user)
    if registration is not None or not registration_is_open(edition, now) or edition.current_rules is None:
        return render_template("submissions/teams/registered.html", edition=edition, registration=registration, now=now)
    form = RegistrationForm(rules_version=edition.current_rules.id)
    form.name_version(edition.current_rules, edition.time_zone)
    if form.accepts(lambda: _register(edition, form)):
        flash(_("You are registered."), "ok")
        return redirect(_next_step(edition))
    return render_template("submissions/teams/register.html", form=form, edition=edition), form.status


def _register(edition: Edition, form: RegistrationForm) -> Registration:
    return service.register(
        current_session(),
        edition=edition,
        rules_version=_shown_version(edition, form),
        statement=form.statement(),
        actor=current_user,
        now=request_now(),
    )


@blueprint.route("/editions/<edition_slug>/accept-rules", methods=["GET", "POST"])
@audience("registered")
def accept_rules(edition_slug: str) -> Answer:
    """Accept a newer version of the rules."""
    edition = _edition(edition_slug)
    registration = registration_of(current_session(), edition, current_user)
    rules = edition.current_rules
    if registration is None or rules is None or registration.rules_version_id == rules.id:
        return redirect(url_for(".my_team", edition_slug=edition_slug))
    form = RulesForm(rules_version=rules.id)
    form.name_version(rules, edition.time_zone)
    if form.accepts(lambda: _accept(registration, form)):
        flash(_("Your acceptance of the rules is recorded."), "ok")
        return redirect(url_for(".my_team", edition_slug=edition_slug))
    return render_template(
        "submissions/teams/accept_rules.html", form=form, edition=edition, registration=registration
    ), form.status


def _accept(registration: Registration, form: RulesForm) -> None:
    version = _shown_version(registration.edition, form)
    service.accept_rules(
        current_session(), registration=registration, rules_version=version, actor=current_user, now=request_now()
    )


def _shown_version(edition: Edition, form: RulesForm) -> RulesVersion:
    """The version that the page showed, which may not be the current one any more."""
    shown = (version for version in edition.rules_versions if str(version.id) == form.rules_version.data)
    return next(shown, edition.rules_versions[0])


def _next_step(edition: Edition) -> str:
    """What prizes ask to be stated comes first, so that nobody learns too late what they cannot win."""
    if conditions_in(current_session(), edition):
        return url_for(".prize_statement", edition_slug=edition.slug)
    return way_back() or url_for(".my_team", edition_slug=edition.slug)


def _remember_way_back() -> None:
    target = own_path(request.args.get("next"))
    if target is not None:
        session["after_registration"] = target


def way_back() -> str | None:
    """The page that sent somebody here to register first, such as an invitation; told once."""
    return own_path(session.pop("after_registration", None))


@blueprint.get("/editions/<edition_slug>/organise/participants")
@audience("organiser")
def participants_list(edition_slug: str) -> str:
    """Who takes part, what they stated, and what organisers made of it."""
    edition = _edition(edition_slug)
    asked = request.args.get("state", "")
    state = Eligibility(asked) if asked in list(Eligibility) else None
    wanted = ParticipantFilter(state, request.args.get("q", "").strip())
    page = participants(current_session(), edition, wanted, asked_page())
    return render_template("submissions/teams/participants.html", edition=edition, page=page, wanted=wanted)


@blueprint.route("/editions/<edition_slug>/organise/participants/<person_public_id>", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def decide(edition_slug: str, person_public_id: str) -> Answer:
    """Confirm or refuse what one person stated."""
    registration = find_registration(current_session(), _edition(edition_slug), person_public_id)
    form = DecisionForm(reason=registration.eligibility_reason)
    if form.accepts(lambda: _decide(registration, form)):
        flash(_("The decision on %(name)s is recorded, and sent by letter.", name=registration.person.name), "ok")
        return redirect(url_for(".participants_list", edition_slug=edition_slug, state=Eligibility.STATED.value))
    return render_template(
        "submissions/teams/decide.html", form=form, edition=registration.edition, registration=registration
    ), form.status


def _decide(registration: Registration, form: DecisionForm) -> None:
    service.decide_eligibility(
        current_session(),
        registration=registration,
        eligibility=Eligibility(form.eligibility.data),
        reason=form.reason.data or "",
        actor=current_user,
        now=request_now(),
    )
