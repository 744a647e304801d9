"""The organiser's pages of assignments: coverage and health, boxes to tick, a proposal by the solver."""

from collections import Counter
from typing import Any

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from challenges.briefs.models import Challenge
from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from challenges.editions.registry import OrganiserLink, Section, edition_registry
from hackaviz.accounts.models import Role
from hackaviz.accounts.queries import declined_invitations, open_invitations
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.database import current_session
from judging.panels import queries, service
from judging.panels.coverage import Panel, panel_of
from judging.panels.forms import AssignmentForm, ProposalForm
from judging.panels.hints import open_hints
from judging.panels.proposing import Proposal, design_health, propose
from judging.panels.rounds.models import Round, RoundKind
from judging.panels.rounds.queries import rounds_of
from judging.panels.views import Page, acted, blueprint, edition_at
from judging.panels.waiting import lost_words
from judging.panels.wording import blocking_words, codes, health_checks, invited_check
from submissions.entries.models import Entry


def register(app: Flask) -> None:
    """Add the link; the pages stand on the blueprint of the jury."""
    edition_registry(app).organiser_links.append(
        OrganiserLink(Section.JURY, _l("Assignments"), "panels.assignments", order=61)
    )


@blueprint.get("/organise/jury/assignments")
@audience("organiser")
def assignments(edition_slug: str) -> Page:
    """Who has what in a round, what the design is worth, and which entries lack jurors."""
    edition, session = edition_at(edition_slug), current_session()
    round_, shown = _round(edition)
    panel, needed = panel_of(session, edition, round_), _needed(edition, round_)
    lacking = panel.lacking(needed)
    lost = [entry for entry in lacking if panel.has_lost_a_juror(entry)]
    page: dict[str, Any] = {
        "lacking": codes(lacking),
        "lost": lost_words(lost) if lost else "",
        "needed": needed,
        "checks": [*_checks(panel), *_invited(edition)],
        "over": _over_their_most(edition, panel),
        "parts": [(challenge, _entries_of(panel, challenge)) for challenge in challenges_of(session, edition)],
        "form": ProposalForm(formdata=None, reviews=needed),
    }
    return render_template("judging/panels/assignments.html", edition=edition, panel=panel, **shown, **page)


@blueprint.route("/organise/jury/assignments/challenges/<int:number>", methods=["GET", "POST"])
@audience("organiser")
def by_hand(edition_slug: str, number: int) -> Page:
    """Tick who reviews what, for the entries of one challenge in a round."""
    edition, form, session = edition_at(edition_slug), AssignmentForm(), current_session()
    challenge, (round_, shown) = _challenge(edition, number), _round(edition)
    acts: dict[str, Any] = {"edition": edition, "round_": round_, **acted()}
    if form.accepts(lambda: service.change_assignments(session, added=form.added, removed=form.removed, **acts)):
        flash(_("The assignment is saved."), "ok")
        return redirect(url_for(".by_hand", edition_slug=edition_slug, number=number, round=shown["kind"]))
    panel = panel_of(session, edition, round_)
    page: dict[str, Any] = {"challenge": challenge, "entries": _entries_of(panel, challenge)}
    page |= {"hinted": {(hint.juror, hint.entry) for hint in open_hints(session, edition)}, "checks": _checks(panel)}
    page |= {"needed": _needed(edition, round_), **shown}
    return render_template("judging/panels/by_hand.html", edition=edition, form=form, panel=panel, **page), form.status


@blueprint.get("/organise/jury/assignments/proposal")
@audience("organiser")
def proposal(edition_slug: str) -> Page:
    """What the solver would add, and what that is worth; or why nothing is possible. Nothing is changed yet."""
    edition, form = edition_at(edition_slug), ProposalForm(request.args, meta={"csrf": False})
    round_, shown = _round(edition)
    if not form.validate():
        return redirect(url_for(".assignments", edition_slug=edition_slug, round=shown["kind"]))
    found = propose(current_session(), edition, form.reviews.data, round_)
    page: dict[str, Any] = {
        "found": found,
        "more": _more(found),
        "checks": health_checks(found.panel, found.health) if found.health else [],
        "blocking": blocking_words(found.panel, found.blocking) if found.blocking else "",
    }
    return render_template("judging/panels/proposal.html", edition=edition, reviews=form.reviews.data, **shown, **page)


@blueprint.post("/organise/jury/assignments/proposal")
@audience("organiser")
def accept_proposal(edition_slug: str) -> Page:
    """Assign as proposed."""
    edition, form = edition_at(edition_slug), ProposalForm()
    round_, shown = _round(edition)
    if form.validate_on_submit():
        facts: dict[str, Any] = {"reviews": form.reviews.data, "round_": round_, **acted()}
        done = service.assign_proposal(current_session(), edition=edition, **facts)
        flash(_assigned(len(done.added)), "ok")
    return redirect(url_for(".assignments", edition_slug=edition_slug, round=shown["kind"]))


def _round(edition: Edition) -> tuple[Round | None, dict[str, Any]]:
    """The round that the page is about, and what its template shows of rounds."""
    rounds = rounds_of(current_session(), edition)
    chosen = RoundKind.FINALISTS if request.values.get("round") == RoundKind.FINALISTS else RoundKind.QUALIFICATION
    round_ = rounds.get(chosen)
    return round_, {"rounds": rounds, "kind": round_.kind.value if round_ else None}


def _needed(edition: Edition, round_: Round | None) -> int:
    return round_.reviews_needed or edition.reviews_needed if round_ else edition.reviews_needed


def _checks(panel: Panel) -> list[tuple[str, str, str]]:
    return health_checks(panel, design_health(panel, panel.asked)) if panel.asked else []


def _invited(edition: Edition) -> list[tuple[str, str, str]]:
    session = current_session()
    awaited, declined = (find(session, edition.id, Role.JUROR) for find in (open_invitations, declined_invitations))
    check = invited_check(len(awaited), len(declined))
    return [check] if check else []


def _over_their_most(edition: Edition, panel: Panel) -> str:
    """Jurors who were given more than they take."""
    seats = queries.seats_of(current_session(), edition)
    limits = {juror: seat.most for juror, seat in seats.items() if seat.most is not None}
    begun = Counter(juror for juror, _entry in panel.finished)
    over = [j.name for j in panel.jurors if j.id in limits and panel.load(j) > max(limits[j.id], begun[j.id])]
    return ", ".join(over)


def _assigned(count: int) -> str:
    # French counts zero as one.
    if count == 0:
        return _("Nothing was left to assign.")
    return ngettext("One review was assigned.", "%(num)s reviews were assigned.", count)


def _more(found: Proposal) -> list[tuple[str, int, str, int]]:
    """For each juror: name, reviews now, codes that come, reviews then."""
    coming = Counter(juror for juror, _entry in found.added)
    entries = {entry.id: entry for entry in found.panel.entries}
    rows = []
    for juror in found.panel.jurors:
        new = [entries[entry].code for person, entry in found.added if person == juror.id]
        now = found.panel.load(juror)
        rows.append((juror.name, now, ", ".join(new), now + coming[juror.id]))
    return rows


def _entries_of(panel: Panel, challenge: Challenge) -> list[Entry]:
    return [entry for entry in panel.entries if entry.challenge_id == challenge.id]


def _challenge(edition: Edition, number: int) -> Challenge:
    for challenge in challenges_of(current_session(), edition):
        if challenge.number == number:
            return challenge
    raise NotFound(_("There is no challenge with this number."))
