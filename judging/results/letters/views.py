"""The organisers' pages of the letters: write, read as each reader gets them, release."""

from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from challenges.editions.rules import results_are_public
from hackaviz.kernel.errors import NotFound
from hackaviz.kernel.jobs import Work
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.jobs import declare_work
from hackaviz.web.letters import letters_leave
from judging.results.documents.policy import find_standing
from judging.results.letters import queries, service
from judging.results.letters.forms import LetterForm
from judging.results.letters.rules import WORDS, Addressees
from judging.results.letters.wording import first_body, first_subject
from judging.results.queries import standing_publication

blueprint = Blueprint("letters", __name__, url_prefix="/editions/<edition_slug>/organise/letters")
Page = tuple[str, int] | str | Response


def register(app: Flask) -> None:
    """Add the pages and their job."""
    app.register_blueprint(blueprint)
    edition_registry(app).organiser_links.append(
        OrganiserLink(Section.RESULTS, _l("Letters"), "letters.letters", order=85)
    )
    declare_work(app, Work("result-letters", service.write_due_letters))


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def _act() -> dict[str, Any]:
    return {"actor": current_user, "now": request_now()}


def _back(edition_slug: str) -> Response:
    return redirect(url_for(".letters", edition_slug=edition_slug))


@blueprint.get("")
@audience("organiser")
def letters(edition_slug: str) -> Page:
    """Both letters, who gets which, and how far they are."""
    session, edition = current_session(), _edition(edition_slug)
    publication = standing_publication(session, edition)
    return render_template(
        "judging/results/letters/letters.html",
        edition=edition,
        letters=queries.letters_of(session, edition),
        kinds=list(Addressees),
        publication=publication,
        addressees=queries.addressees_of(session, publication) if publication else [],
        sending=queries.sending_of(session, edition),
        is_public=results_are_public(edition, request_now()),
        letters_leave=letters_leave(),
    )


@blueprint.route("/<any(winners, others):addressees>", methods=["GET", "POST"])
@audience("organiser")
def write(edition_slug: str, addressees: str) -> Page:
    """Write one of the two."""
    session, edition, to = current_session(), _edition(edition_slug), Addressees(addressees)
    form = LetterForm.of(queries.letters_of(session, edition).get(to), to)
    if form.accepts(lambda: service.save_letter(session, edition=edition, addressees=to, text=form.text(), **_act())):
        flash(_("The letter is kept. Nothing is sent before you release it and the results are public."), "ok")
        return _back(edition_slug)
    context = {"edition": edition, "form": form, "addressees": to, "words": WORDS}
    return render_template("judging/results/letters/write.html", **context), form.status


@blueprint.get("/to/<person_public_id>")
@audience("organiser")
def preview(edition_slug: str, person_public_id: str) -> Page:
    """The letter as one person gets it."""
    session, edition = current_session(), _edition(edition_slug)
    addressees = queries.addressees_of(session, find_standing(session, edition))
    found = next((each for each in addressees if each.person.public_id == person_public_id), None)
    if found is None:
        raise NotFound(_l("Nobody with this address gets a letter."))
    saved = queries.letters_of(session, edition).get(found.letter)
    text = saved or service.LetterText(first_subject(found.letter), first_body(found.letter))
    context = {"addressee": found, "draft": service.drafted(text, found, edition), "is_saved": saved is not None}
    return render_template("judging/results/letters/preview.html", edition=edition, **context)


@blueprint.post("/release")
@audience("organiser")
def release(edition_slug: str) -> Page:
    """Let them go out once the results are public."""
    edition = _edition(edition_slug)
    service.release_letters(current_session(), edition=edition, **_act())
    if results_are_public(edition, request_now()):
        flash(_("The letters are released. They go out now."), "ok")
    else:
        flash(_("The letters are released. They go out as soon as the results are public."), "ok")
    return _back(edition_slug)


@blueprint.post("/hold")
@audience("organiser")
def hold(edition_slug: str) -> Page:
    """Keep them back."""
    service.hold_letters(current_session(), edition=_edition(edition_slug), **_act())
    flash(_("The letters are held back. Nothing will be sent."), "ok")
    return _back(edition_slug)
