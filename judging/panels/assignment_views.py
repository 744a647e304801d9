"""The organiser's pages of assignments: coverage, boxes to tick, a balanced proposal."""

from collections import Counter

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from challenges.briefs.models import Challenge
from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from challenges.editions.registry import OrganiserLink, edition_registry
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.database import current_session
from judging.panels import service
from judging.panels.coverage import Panel, panel_of
from judging.panels.forms import AssignmentForm, ProposalForm
from judging.panels.hints import open_hints
from judging.panels.rules import Proposal
from judging.panels.views import Page, acted, blueprint, edition_at
from judging.panels.waiting import codes, lost_words
from submissions.entries.models import Entry


def register(app: Flask) -> None:
    """Add the link; the pages stand on the blueprint of the jury."""
    edition_registry(app).organiser_links.append(OrganiserLink(_l("Assignments"), "panels.assignments", order=61))


@blueprint.get("/organise/jury/assignments")
@audience("organiser")
def assignments(edition_slug: str) -> Page:
    """Who has what, challenge by challenge, and which entries lack jurors."""
    edition, session = edition_at(edition_slug), current_session()
    panel = panel_of(session, edition)
    lacking = panel.lacking(edition.reviews_needed)
    lost = [entry for entry in lacking if panel.has_lost_a_juror(entry)]
    return render_template(
        "judging/panels/assignments.html",
        edition=edition,
        panel=panel,
        lacking=codes(lacking),
        lost=lost_words(lost) if lost else "",
        parts=[(challenge, _entries_of(panel, challenge)) for challenge in challenges_of(session, edition)],
        form=ProposalForm(formdata=None, reviews=edition.reviews_needed),
    )


@blueprint.route("/organise/jury/assignments/challenges/<int:number>", methods=["GET", "POST"])
@audience("organiser")
def by_hand(edition_slug: str, number: int) -> Page:
    """Tick who reviews what, for the entries of one challenge."""
    edition, form, session = edition_at(edition_slug), AssignmentForm(), current_session()
    challenge = _challenge(edition, number)
    if form.accepts(
        lambda: service.change_assignments(session, edition=edition, added=form.added, removed=form.removed, **acted())
    ):
        flash(_("The assignment is saved."), "ok")
        return redirect(url_for(".by_hand", edition_slug=edition_slug, number=number))
    panel = panel_of(session, edition)
    page = {"panel": panel, "challenge": challenge, "entries": _entries_of(panel, challenge)}
    hinted = {(hint.juror, hint.entry) for hint in open_hints(session, edition)}
    return render_template(
        "judging/panels/by_hand.html", edition=edition, form=form, hinted=hinted, **page
    ), form.status


@blueprint.get("/organise/jury/assignments/proposal")
@audience("organiser")
def proposal(edition_slug: str) -> Page:
    """What a balanced assignment would add; nothing is changed yet."""
    edition, form = edition_at(edition_slug), ProposalForm(request.args, meta={"csrf": False})
    if not form.validate():
        return redirect(url_for(".assignments", edition_slug=edition_slug))
    session = current_session()
    found, panel = service.proposed(session, edition, form.reviews.data), panel_of(session, edition)
    page = {"found": found, "panel": panel, "more": _more(panel, found), "lacking": lacking_words(panel, found)}
    return render_template("judging/panels/proposal.html", edition=edition, reviews=form.reviews.data, **page)


@blueprint.post("/organise/jury/assignments/proposal")
@audience("organiser")
def accept_proposal(edition_slug: str) -> Page:
    """Assign as proposed."""
    edition, form = edition_at(edition_slug), ProposalForm()
    if form.validate_on_submit():
        done = service.assign_balanced(current_session(), edition=edition, reviews=form.reviews.data, **acted())
        flash(_assigned(len(done.added)), "ok")
    return redirect(url_for(".assignments", edition_slug=edition_slug))


def _assigned(count: int) -> str:
    # French counts zero as one.
    if count == 0:
        return _("Nothing was left to assign.")
    return ngettext("One review was assigned.", "%(num)s reviews were assigned.", count)


def lacking_words(panel: Panel, found: Proposal) -> list[str]:
    """A sentence for each entry that nobody else may judge."""
    return [
        ngettext(
            "%(code)s lacks one juror.", "%(code)s lacks %(num)s jurors.", found.lacking[entry.id], code=entry.code
        )
        for entry in panel.entries
        if entry.id in found.lacking
    ]


def _more(panel: Panel, found: Proposal) -> list[tuple[str, int, str, int]]:
    """For each juror: name, reviews now, codes that come, reviews then."""
    coming = Counter(juror for juror, _entry in found.added)
    entries = {entry.id: entry for entry in panel.entries}
    rows = []
    for juror in panel.jurors:
        new = [entries[entry].code for person, entry in found.added if person == juror.id]
        now = panel.load(juror)
        rows.append((juror.name, now, ", ".join(new), now + coming[juror.id]))
    return rows


def _entries_of(panel: Panel, challenge: Challenge) -> list[Entry]:
    return [entry for entry in panel.entries if entry.challenge_id == challenge.id]


def _challenge(edition: Edition, number: int) -> Challenge:
    for challenge in challenges_of(current_session(), edition):
        if challenge.number == number:
            return challenge
    raise NotFound(_("There is no challenge with this number."))
