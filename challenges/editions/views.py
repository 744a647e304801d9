"""The public pages of editions: home, list, one edition, its rules and calendar."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, Flask, Response, current_app, make_response, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from sqlalchemy.orm import Session

from challenges.editions.ical import calendar_of
from challenges.editions.models import Edition
from challenges.editions.navigation import add_links, current_edition, editions_shown, organise_menu
from challenges.editions.policy import find_edition, letters_kept_since, may_organise, organises_any, rules_version
from challenges.editions.queries import all_editions, changes_after_publication, editions_by_number, published_editions
from challenges.editions.registry import PagePart, edition_registry, shown_parts
from challenges.editions.wording import change_in_words, countdown, phases_in_words, span, split_lead, state_word
from hackaviz.accounts.models import Role
from hackaviz.accounts.registry import EditionCard, RolePage, account_registry
from hackaviz.web.access import audience, declare_audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.templating import navigation_source

blueprint = Blueprint("editions", __name__)


def register(app: Flask) -> None:
    """Add the public pages, the audience of organisers and the links of the header."""
    app.register_blueprint(blueprint)
    declare_audience(app, "organiser", _organises)
    navigation_source(app, add_links)
    accounts = account_registry(app)
    accounts.edition_cards, accounts.newest_edition_card = _cards, _newest_card
    accounts.letters_kept_since = letters_kept_since
    accounts.role_pages[Role.ORGANISER] = RolePage(_l("Dashboard"), "editions.dashboard")
    for shown in (organise_menu, state_word, span, draw_part):
        app.jinja_env.globals[shown.__name__] = shown


@pass_context
def draw_part(page: Context, template: str, values: dict[str, Any]) -> Markup:
    """A part of a page that another room declared, drawn with its own values beside the page's."""
    html = page.environment.get_template(template).render({**page.get_all(), **values})
    return Markup(html)  # noqa: S704 — a template escapes what it shows


def _cards(session: Session, numbers: Collection[int]) -> dict[int, EditionCard]:
    return {each.id: _card(each) for each in editions_by_number(session, numbers)}


def _newest_card(session: Session) -> EditionCard | None:
    newest = next(iter(published_editions(session)), None)
    return _card(newest) if newest is not None else None


def _card(edition: Edition) -> EditionCard:
    url = url_for("editions.edition", edition_slug=edition.slug)
    return EditionCard(edition.slug, edition.title, url, edition.organiser_name, edition.contact_email)


def _organises(person: Any, address: dict[str, Any]) -> bool:
    edition = current_edition()
    return edition is not None and edition.slug == address["edition_slug"] and may_organise(person, edition)


@blueprint.get("/")
@audience("public")
def home() -> str:
    """The edition that people can act in now, its works, and the way to the others."""
    edition = current_edition()
    if edition is None:
        return render_template("challenges/editions/nothing_yet.html", drafts=_drafts())
    others = [other for other in editions_shown() if other is not edition]
    page = _page(edition, edition_registry().home_parts)
    return render_template("challenges/editions/home.html", others=others, **page)


def _drafts() -> list[Edition]:
    """What an organiser finds on an installation where nothing is published."""
    if not organises_any(current_user):
        return []
    return [each for each in all_editions(current_session()) if may_organise(current_user, each)]


@blueprint.get("/editions")
@audience("public")
def editions() -> str:
    """Every edition that the reader may see, the newest first."""
    shown = editions_shown()
    if organises_any(current_user):
        shown = [each for each in all_editions(current_session()) if each in shown or may_organise(current_user, each)]
    return render_template("challenges/editions/editions.html", editions=shown, now=request_now())


@blueprint.get("/editions/<edition_slug>")
@audience("public")
def edition(edition_slug: str) -> str:
    """One edition: calendar, challenges, and what other rooms show of it."""
    found = find_edition(current_session(), edition_slug, current_user)
    changes = [
        change_in_words(found, action.at, action.details)
        for action in changes_after_publication(current_session(), found)
    ]
    page = _page(found, edition_registry().page_parts)
    return render_template("challenges/editions/edition.html", changes=changes, **page)


@blueprint.get("/editions/<edition_slug>/rules")
@audience("public")
def rules(edition_slug: str) -> str:
    """The rules in force, or an older version by its number."""
    found = find_edition(current_session(), edition_slug, current_user)
    version = rules_version(found, request.args.get("version", type=int))
    return render_template("challenges/editions/rules.html", edition=found, version=version)


@blueprint.get("/editions/<edition_slug>/calendar.ics")
@audience("public")
def calendar(edition_slug: str) -> Response:
    """The dates of an edition for people's own calendars."""
    found = find_edition(current_session(), edition_slug, current_user)
    base = current_app.config["BASE_URL"]
    page = base + url_for("editions.edition", edition_slug=found.slug)
    response = make_response(calendar_of(found, page=page, now=request_now()))
    response.headers["Content-Type"] = "text/calendar; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return response


def _page(edition: Edition, parts: list[PagePart]) -> dict[str, Any]:
    """What the banner and the body of an edition's page need."""
    session, now = current_session(), request_now()
    lead, rest = split_lead(edition.description)
    return {
        "edition": edition,
        "now": now,
        "phases": phases_in_words(edition, now),
        "countdown": countdown(edition, now),
        "lead": lead,
        "rest": rest,
        "act": _act(edition),
        "parts": list(shown_parts(parts, session, edition, now)),
        "organises": may_organise(current_user, edition),
    }


def _act(edition: Edition) -> Any:
    act_for = edition_registry().act_for
    return act_for(current_session(), edition, None, current_user, request_now()) if act_for else None
