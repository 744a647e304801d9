"""Listings: the organisers' decisions, and the public matrix of what contributes where."""

from typing import Any

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from challenges.editions.models import Edition
from challenges.editions.navigation import show_edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, PagePart, Section, edition_registry
from hackaviz.web.access import audience
from hackaviz.web.changing import hold
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.paging import asked_page
from submissions.entries.listing.forms import ListingForm
from submissions.entries.listing.models import ListingState
from submissions.entries.listing.pages import edition_part, matrix_page, waiting
from submissions.entries.listing.policy import find_listed_edition, find_listing_entry
from submissions.entries.listing.queries import listing_lines, listing_of
from submissions.entries.listing.service import decide_listing
from submissions.entries.listing.wording import STATE_WORDS
from submissions.entries.models import Entry
from submissions.entries.sheet.wording import aims_in_words
from submissions.entries.views.blueprint import Answer, blueprint

AT = "/editions/<edition_slug>/organise/listing"


def register(app: Flask) -> None:
    """Add what this room shows on the pages of editions."""
    editions = edition_registry(app)
    editions.organiser_links.append(OrganiserLink(Section.TEAMS, _l("Listing"), "entries.listings", order=32))
    editions.waiting.append(waiting)
    editions.page_parts.append(PagePart(55, "submissions/entries/listing/_aims.html", edition_part))


def _edition(slug: str) -> Edition:
    return find_edition(current_session(), slug, current_user)


@blueprint.get(AT)
@audience("organiser")
def listings(edition_slug: str) -> str:
    """Handed-in entries and the decision on each."""
    edition, asked = _edition(edition_slug), request.args.get("state", "")
    wanted = ListingState(asked) if asked in list(ListingState) else None
    page = listing_lines(current_session(), edition, wanted, asked_page())
    context = {"edition": edition, "page": page, "wanted": wanted, "states_of_listings": list(ListingState)}
    return render_template(
        "submissions/entries/listing/listings.html", state_words=STATE_WORDS, aims_in_words=aims_in_words, **context
    )


@blueprint.route(f"{AT}/<public_id>", methods=["GET", "POST"])
@audience("organiser")
def decide(edition_slug: str, public_id: str) -> Answer:
    """List a work, refuse it with a reason, or leave it for later."""
    entry = find_listing_entry(current_session(), _edition(edition_slug), public_id)
    hold(entry)
    form = ListingForm.of(listing_of(current_session(), entry))
    if form.accepts(lambda: _decide(entry, form)):
        flash(_("The decision is saved."), "ok")
        return redirect(url_for(".listings", edition_slug=edition_slug))
    return _decision_page(edition_slug, public_id, form), form.status


def _decide(entry: Entry, form: ListingForm) -> None:
    decision: dict[str, Any] = {"state": ListingState(form.state.data), "reason": form.reason.data or ""}
    decide_listing(current_session(), entry=entry, **decision, actor=current_user, now=request_now())


def _decision_page(edition_slug: str, public_id: str, form: ListingForm) -> str:
    entry = find_listing_entry(current_session(), _edition(edition_slug), public_id)
    assert entry.current_version is not None
    sheet = entry.current_version.manifest
    return render_template(
        "submissions/entries/listing/decide.html",
        edition=entry.edition,
        entry=entry,
        sheet=sheet,
        ambitions=aims_in_words(sheet, "ambition"),
        objectives=aims_in_words(sheet, "objective"),
        listing=listing_of(current_session(), entry),
        form=form,
    )


@blueprint.get("/editions/<edition_slug>/contributions")
@audience("public")
def contributions(edition_slug: str) -> str:
    """The public matrix: which listed works contribute to which ambition and objective."""
    edition = find_listed_edition(current_session(), edition_slug, current_user)
    show_edition(edition)
    page = matrix_page(current_session(), edition, request_now())
    return render_template("submissions/entries/listing/contributions.html", **page)
