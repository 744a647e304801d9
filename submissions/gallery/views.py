"""The gallery of an edition and the page of each entry, as the public sees them."""

from flask import Blueprint, Flask, current_app, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from challenges.catalogue.registry import catalogue_registry
from challenges.editions.models import Edition, Visibility
from challenges.editions.navigation import current_edition, show_edition
from challenges.editions.registry import PagePart, edition_registry
from challenges.editions.rules import results_are_public
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.language import current_language
from hackaviz.web.templating import Link, Navigation, is_archive, navigation_source
from submissions.gallery import share_views
from submissions.gallery.archive.commands import commands
from submissions.gallery.browsing import FACETS
from submissions.gallery.entry_page import entry_context
from submissions.gallery.page_cache import PageCache
from submissions.gallery.pages import gallery_context, hero_part, strip_part, things_as_they_are
from submissions.gallery.policy import find_entry
from submissions.gallery.uses import uses_in_public
from submissions.gallery.works import works_using

blueprint = Blueprint("gallery", __name__)
# What the address of a kept page may hold: nobody asks twice for the pages of a free text.
KEPT_ARGUMENTS = {*FACETS, "sort", "page", "lang"}
MOST_SHELVES, MOST_CARDS = 10, 50
share_views.add_views(blueprint)


def register(app: Flask) -> None:
    """Add the pages, and what this room shows on those of others."""
    app.register_blueprint(blueprint)
    app.cli.add_command(commands)
    app.extensions["hackaviz.gallery_pages"] = PageCache()
    app.extensions["hackaviz.gallery_shelves"] = PageCache(MOST_SHELVES)
    app.extensions["hackaviz.gallery_cards"] = PageCache(MOST_CARDS)
    navigation_source(app, _add_link)
    parts = edition_registry(app).home_parts
    parts.append(PagePart(10, "submissions/gallery/_hero.html", hero_part))
    parts.append(PagePart(30, "submissions/gallery/_strip.html", strip_part))
    catalogue_registry(app).works.append(works_using)
    catalogue_registry(app).uses.append(uses_in_public)


def _add_link(navigation: Navigation) -> None:
    edition = current_edition()
    if edition is not None and edition.visibility is Visibility.PUBLISHED:
        url = url_for("gallery.gallery", edition_slug=edition.slug)
        navigation.links.append(Link(_("Works"), url, request.blueprint == "gallery"))


@blueprint.get("/editions/<edition_slug>/gallery")
@audience("public")
def gallery(edition_slug: str) -> str:
    """The works of an edition, or when they become public."""
    if not _is_for_everybody():
        return _draw(edition_slug)
    pages: PageCache[str] = current_app.extensions["hackaviz.gallery_pages"]
    asked = ((request.full_path, current_language()), things_as_they_are(current_session()), request_now())
    kept = pages.find(*asked)
    if kept is not None:
        return kept
    page = _draw(edition_slug)
    if results_are_public(_shown_edition(edition_slug), request_now()):
        pages.keep(*asked, page)
    return page


def _is_for_everybody() -> bool:
    is_plain = not current_user.is_authenticated and "_flashes" not in session and not is_archive()
    return is_plain and set(request.args) <= KEPT_ARGUMENTS


def _draw(edition_slug: str) -> str:
    edition, now = _shown_edition(edition_slug), request_now()
    if not results_are_public(edition, now):
        return render_template("submissions/gallery/closed.html", edition=edition)
    return render_template("submissions/gallery/gallery.html", **gallery_context(current_session(), edition, now))


def _shown_edition(slug: str) -> Edition:
    edition = current_edition()
    if edition is None or edition.slug != slug:
        raise NotFound(_l("There is no edition at this address, or it is not public yet."))
    return edition


@blueprint.get("/entries/<public_id>")
@audience("public")
def entry(public_id: str) -> str:
    """One work: live, with what its team says of it."""
    found = find_entry(current_session(), public_id, current_user, request_now())
    show_edition(found.edition)
    return render_template("submissions/gallery/entry.html", **entry_context(current_session(), found, request_now()))
