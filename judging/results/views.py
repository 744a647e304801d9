"""The public results, and the organiser's page that publishes them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.editions.models import Edition
from challenges.editions.navigation import current_edition
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, PagePart, Section, edition_registry
from challenges.editions.rules import results_are_public
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.doctor import declare_checks
from hackaviz.web.forms import instant
from hackaviz.web.jobs import wake
from hackaviz.web.once import makes_once
from hackaviz.web.templating import Link, Navigation, navigation_source
from judging.results import queries, service
from judging.results.certificates.queries import progress_of
from judging.results.changes import Change, changes_between
from judging.results.checks import CHECKS
from judging.results.feedback import feedback_on
from judging.results.forms import CorrectionForm, ScheduleForm
from judging.results.models import Publication
from judging.results.money_flows import money_flows
from judging.results.page import results_context
from judging.results.reading import awards_in, row_of, sponsors_in
from judging.results.rules import judging_is_over
from judging.results.snapshot import take_snapshot
from judging.scoring.queries import unfinished_reviews
from judging.scoring.registry import scoring_registry
from submissions.entries.queries import entry_of_team, kept_from_public
from submissions.gallery.index import Awards, PrizeWon
from submissions.gallery.registry import FeedItem, gallery_registry
from submissions.teams.models import Team
from submissions.teams.registry import team_registry
from submissions.viewer.queries import drawn_among

blueprint = Blueprint("results", __name__, url_prefix="/editions/<edition_slug>")
Page = tuple[str, int] | str | Response


def register(app: Flask) -> None:
    """Add the pages, the links to them, and what must hold of publications."""
    app.register_blueprint(blueprint)
    declare_checks(app, CHECKS)
    edition_registry(app).organiser_links.append(
        OrganiserLink(Section.RESULTS, _l("Results"), "results.organise", order=81)
    )
    edition_registry(app).page_parts.append(PagePart(10, "judging/results/_announcement.html", _announcement))
    navigation_source(app, _add_link)
    team_registry(app).parts.append(_feedback)
    scoring_registry(app).changed = service.withdraw_changed
    gallery_registry(app).prizes_won = _prizes_won
    gallery_registry(app).feed_items.append(_news)
    gallery_registry(app).archived_paths.append(_archived_paths)


def _prizes_won(session: Session, edition: Edition, now: datetime) -> Awards:
    """The prizes of each entry, as they are published; none under embargo."""
    publication, won = queries.public_results(session, edition, now), dict[str, list[PrizeWon]]()
    for award in awards_in(publication.snapshot) if publication else ():
        won.setdefault(award.entry["public_id"], []).append(PrizeWon(award.prize, award.label))
    return won


def _news(session: Session, edition: Edition, now: datetime) -> list[FeedItem]:
    """The results, and each correction, once they are public."""
    url = url_for("results.results", edition_slug=edition.slug)
    return [
        FeedItem(
            f"results/{publication.number}",
            _("The results are public") if publication.number == 1 else _("The results are corrected"),
            url,
            publication.public_at,
            publication.reason or "",
        )
        for publication in queries.public_publications(session, edition, now)
    ]


def _archived_paths(session: Session, edition: Edition, now: datetime) -> list[str]:
    """The page of the results, and of each publication that was corrected."""
    publications, slug = queries.public_publications(session, edition, now), edition.slug
    older = [url_for("results.results", edition_slug=slug, publication=each.number) for each in publications]
    return [url_for("results.results", edition_slug=slug), *older]


def _announcement(session: Session, edition: Edition, now: datetime) -> dict[str, Any] | None:
    """The works that won, for the edition's page, once the results are public."""
    publication = queries.public_results(session, edition, now)
    if publication is None:
        return None
    awards = awards_in(publication.snapshot)
    drawn = drawn_among(session, [award.entry["upload"] for award in awards])
    return {"awards": awards, "drawn": drawn, "hidden": kept_from_public(session, edition)}


def _feedback(session: Session, team: Team, now: datetime) -> tuple[str, dict[str, Any]] | None:
    """What the jury made of a team's entry, for the team, once the results are public."""
    publication, entry = queries.public_results(session, team.edition, now), entry_of_team(session, team)
    if publication is None or entry is None:
        return None
    row = row_of(publication.snapshot, entry.public_id)
    if row is None:
        return None
    return "judging/results/_feedback.html", {"feedback": feedback_on(session, entry, publication.snapshot, row)}


def _add_link(navigation: Navigation) -> None:
    edition = current_edition()
    if edition is not None:
        url = url_for("results.results", edition_slug=edition.slug)
        navigation.links.append(Link(_("Results"), url, request.endpoint == "results.results"))


def _edition(edition_slug: str) -> Edition:
    return find_edition(current_session(), edition_slug, current_user)


def _act() -> dict[str, Any]:
    return {"actor": current_user, "now": request_now()}


@blueprint.get("/results")
@audience("public")
def results(edition_slug: str) -> Page:
    """The published results, or when they are expected."""
    edition = _edition(edition_slug)
    publications = queries.public_publications(current_session(), edition, request_now())
    if not publications:
        return render_template("judging/results/embargo.html", edition=edition)
    context = results_context(current_session(), edition, _asked(list(publications)), publications, request_now())
    return render_template("judging/results/results.html", **context)


def _asked(publications: list[Publication]) -> Publication:
    number = request.args.get("publication", publications[0].number, type=int)
    found = next((publication for publication in publications if publication.number == number), None)
    if found is None:
        raise NotFound(_l("There is no such publication of these results."))
    return found


def _shown(edition: Edition, snapshot: dict[str, Any]) -> dict[str, Any]:
    hidden, awards = kept_from_public(current_session(), edition), awards_in(snapshot)
    shown: dict[str, Any] = {"snapshot": snapshot, "awards": awards, "sponsors": sponsors_in(snapshot)}
    return shown | {"hidden": hidden, "flows": money_flows(awards)}


@blueprint.get("/organise/results")
@audience("organiser")
def organise(edition_slug: str) -> Page:
    """What would be published now, what is scheduled, what is public."""
    return _organise_page(_edition(edition_slug), ScheduleForm(), CorrectionForm())


def _organise_page(edition: Edition, form: ScheduleForm, correction: CorrectionForm) -> str:
    session, now = current_session(), request_now()
    snapshot = take_snapshot(session, edition, now)
    unfinished = unfinished_reviews(session, edition)
    return render_template(
        "judging/results/organise.html",
        edition=edition,
        form=form,
        correction=correction,
        unfinished=unfinished,
        judging_begun=now >= edition.judging_opens_at,
        judging_over=judging_is_over(edition.judging_opens_at, edition.judging_closes_at, unfinished, now),
        unready=service.unready_awards(session, edition),
        changes=_unpublished(session, edition, snapshot, now),
        waiting=queries.waiting_publication(session, edition, now),
        publications=queries.public_publications(session, edition, now),
        withdrawal=queries.last_withdrawal(session, edition),
        is_public=results_are_public(edition, now),
        **_shown(edition, snapshot),
    )


def _unpublished(session: Session, edition: Edition, snapshot: dict[str, Any], now: datetime) -> Sequence[Change]:
    """What a correction would change for the public."""
    public = queries.public_results(session, edition, now)
    return changes_between(public.snapshot, snapshot) if public is not None else ()


def _tell_of_certificates(edition: Edition) -> None:
    """Have those made that a new publication asks for again."""
    publication = queries.standing_publication(current_session(), edition)
    if publication is not None and progress_of(current_session(), publication).is_under_way:
        wake("certificates")
        told = _("The certificates are being made again from it. Until then, members keep those that still hold.")
        flash(told, "ok")


@blueprint.post("/organise/results")
@audience("organiser")
@makes_once
def schedule(edition_slug: str) -> Page:
    """Freeze the results and choose when they become public."""
    edition, form = _edition(edition_slug), ScheduleForm()
    if form.accepts(
        lambda: service.schedule(
            current_session(), edition=edition, public_at=instant(form.public_at.data, edition.time_zone), **_act()
        )
    ):
        flash(_("The results are frozen, and public from the date you chose."), "ok")
        _tell_of_certificates(edition)
        return redirect(url_for(".organise", edition_slug=edition_slug))
    return _organise_page(_edition(edition_slug), form, CorrectionForm()), form.status


@blueprint.post("/organise/results/now")
@audience("organiser")
@makes_once
def publish_now(edition_slug: str) -> Page:
    """Freeze the results and publish them at once."""
    edition, now = _edition(edition_slug), request_now()
    service.schedule(current_session(), edition=edition, public_at=now, actor=current_user, now=now)
    flash(_("The results are public."), "ok")
    _tell_of_certificates(edition)
    return redirect(url_for(".results", edition_slug=edition_slug))


@blueprint.post("/organise/results/withdraw")
@audience("organiser")
@makes_once
def withdraw(edition_slug: str) -> Page:
    """Take back a publication that is still under embargo."""
    service.withdraw(current_session(), edition=_edition(edition_slug), **_act())
    flash(_("The date is withdrawn. Nothing will be published until you choose another."), "ok")
    return redirect(url_for(".organise", edition_slug=edition_slug))


@blueprint.post("/organise/results/correction")
@audience("organiser")
@makes_once
def correct(edition_slug: str) -> Page:
    """Publish the results as they are now, with a reason."""
    edition, form = _edition(edition_slug), CorrectionForm()
    if form.accepts(
        lambda: service.correct(current_session(), edition=edition, reason=form.reason.data or "", **_act())
    ):
        flash(_("The correction is public, with its reason and date."), "ok")
        _tell_of_certificates(edition)
        return redirect(url_for(".results", edition_slug=edition_slug))
    return _organise_page(_edition(edition_slug), ScheduleForm(), form), form.status
