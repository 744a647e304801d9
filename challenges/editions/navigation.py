"""Which edition a page is about, and what the header and the organisers' menu show for it."""

from dataclasses import dataclass

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import OperationalError

from challenges.editions.models import Edition
from challenges.editions.policy import may_organise, organises_any
from challenges.editions.queries import edition_by_slug, published_editions
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from challenges.editions.rules import edition_to_show
from challenges.editions.wording import SECTION_NAMES, state_word
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.templating import Link, Navigation, localized


def editions_shown() -> list[Edition]:
    """Every published edition, the newest first; read once per request."""
    if "published_editions" not in g:
        g.published_editions = list(published_editions(current_session()))
    editions: list[Edition] = g.published_editions
    return editions


def show_edition(edition: Edition) -> None:
    """For pages without an edition in their address (an entry, a team): the header is about this one."""
    g.shown_edition = edition


def current_edition() -> Edition | None:
    """The edition this page is about; elsewhere the one that the home page shows; None where nothing is published."""
    if "shown_edition" not in g:
        g.shown_edition = _edition_of_address() or edition_to_show(editions_shown(), request_now())
    edition: Edition | None = g.shown_edition
    return edition


def _edition_of_address() -> Edition | None:
    slug = (request.view_args or {}).get("edition_slug")
    if slug is None:
        return None
    published = next((edition for edition in editions_shown() if edition.slug == slug), None)
    if published is not None:
        return published
    draft = edition_by_slug(current_session(), slug)
    return draft if draft is not None and may_organise(current_user, draft) else None


def add_links(navigation: Navigation) -> None:
    """Fill the switch of editions, and the organiser's link. A page that says the database is away asks it nothing."""
    try:
        current = current_edition()
        shown = editions_shown()
        if current is not None and current not in shown:
            shown = [current, *shown]
        navigation.editions += [_edition_link(edition, edition is current) for edition in shown]
        navigation.account += _organiser_links(current)
    except OperationalError:
        return


def _edition_link(edition: Edition, is_current: bool) -> Link:
    url = url_for("editions.edition", edition_slug=edition.slug)
    return Link(localized(edition.title), url, is_current, state_word(edition, request_now()))


def _organiser_links(current: Edition | None) -> list[Link]:
    if current is not None and may_organise(current_user, current):
        url = url_for("editions.dashboard", edition_slug=current.slug)
        return [Link(_("Organise"), url, (request.path + "/").startswith(url + "/"))]
    if organises_any(current_user):
        return [Link(_("Organise"), url_for("editions.editions"), request.endpoint == "editions.editions")]
    return []


@dataclass(frozen=True)
class MenuSection:
    """One of the first row of the organisers' menu, which leads to the first of its pages."""

    name: str
    pages: list[Link]

    @property
    def url(self) -> str:
        """Where it leads."""
        return self.pages[0].url

    @property
    def is_current(self) -> bool:
        """Whether the reader is on one of its pages."""
        return any(page.is_current for page in self.pages)


def organise_menu(edition: Edition) -> list[MenuSection]:
    """The pages of an edition's organisers by section, in order, with the one that this page belongs to marked."""
    declared = sorted(edition_registry().organiser_links, key=lambda link: link.order)
    urls = {link.endpoint: url_for(link.endpoint, edition_slug=edition.slug) for link in declared}
    current = _current_page(declared, urls)
    pages: dict[Section, list[Link]] = {section: [] for section in Section}
    for link in declared:
        pages[link.section].append(Link(link.label, urls[link.endpoint], link is current))
    return [MenuSection(SECTION_NAMES[section], links) for section, links in pages.items() if links]


def _current_page(declared: list[OrganiserLink], urls: dict[str, str]) -> OrganiserLink | None:
    """The page of the menu that one is on, or below by its address; else the first of the same room."""
    here = request.path + "/"
    below = [link for link in declared if here.startswith(urls[link.endpoint] + "/")]
    below = [link for link in below if link.section is not Section.DASHBOARD]
    if below:
        return max(below, key=lambda link: len(urls[link.endpoint]))
    return next((link for link in declared if request.blueprint in link.blueprints), None)
