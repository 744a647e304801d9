"""The pages of the audience vote: works to choose from, and what organisers see."""

from hashlib import sha256
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from challenges.editions.registry import PagePart, edition_registry
from challenges.editions.rules import results_are_public
from hackaviz.accounts.registry import account_registry
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.forms import local
from judging.panels.audience import queries, service
from judging.panels.audience.forms import NO_PRIZE, VoteForm
from judging.panels.audience.models import AudiencePanel
from judging.panels.audience.part import vote_part
from judging.panels.audience.policy import find_candidate, find_panel, may_choose_work, why_not
from judging.panels.audience.rules import vote_is_open
from judging.panels.sponsors.queries import prizes_offered
from judging.panels.views import Page, acted, edition_at
from submissions.entries.models import Entry, Upload
from submissions.viewer.addresses import preview_url
from submissions.viewer.frame import frame_of
from submissions.viewer.queries import previews_of
from submissions.viewer.registry import viewer_registry

blueprint = Blueprint("audience", __name__, url_prefix="/editions/<edition_slug>")


def register(app: Flask) -> None:
    """Add the pages, the word on the edition's page, and what accounts say and forget of voters."""
    app.register_blueprint(blueprint)
    edition_registry(app).page_parts.append(PagePart(20, "judging/panels/audience/_part.html", vote_part))
    viewer_registry(app).may_open.append(lambda *asked: may_choose_work(current_session(), *asked))
    account_registry(app).exports["audience_votes"] = service.export_votes
    account_registry(app).erasers.append(service.forget_person)


@blueprint.get("/audience")
@audience("verified")
def works(edition_slug: str) -> Page:
    """The works, in an order of each voter's own, and the one that they chose."""
    edition, session, now = edition_at(edition_slug), current_session(), request_now()
    panel = find_panel(session, edition)
    page: dict[str, Any] = {"panel": panel, "is_open": vote_is_open(panel, now), "now": now}
    page |= {
        "why_not": why_not(session, panel, current_user),
        "ballot": queries.ballot_of(session, panel, current_user),
    }
    if page["is_open"] and page["why_not"] is None:
        page["works"] = _works(edition, panel)
    return render_template("judging/panels/audience/works.html", edition=edition, **page)


def _works(edition: Edition, panel: AudiencePanel) -> list[dict[str, Any]]:
    session = current_session()
    entries = sorted(queries.candidates(session, panel), key=_lot)
    uploads = {entry.id: entry.current_version.upload for entry in entries if entry.current_version}
    previews = previews_of(session, [upload.id for upload in uploads.values()])
    return [_work(edition, entry, uploads[entry.id], previews.get(uploads[entry.id].id)) for entry in entries]


def _lot(entry: Entry) -> str:
    return sha256(f"{current_user.public_id}:{entry.public_id}".encode()).hexdigest()


def _work(edition: Edition, entry: Entry, upload: Upload, preview: Any) -> dict[str, Any]:
    is_named, has_image = results_are_public(edition, request_now()), preview is not None and preview.small_key
    return {
        "entry": entry,
        "title": entry.title if is_named else entry.code,
        "team": entry.team.name if is_named else "",
        "url": url_for(".work", edition_slug=edition.slug, code=entry.code),
        "image_url": preview_url(upload, "small") if has_image else None,
        "alt": "",
        "challenge_number": entry.challenge.number,
    }


@blueprint.get("/audience/<code>")
@audience("verified")
def work(edition_slug: str, code: str) -> Page:
    """One work, live, with its message, and the button."""
    edition, session, now = edition_at(edition_slug), current_session(), request_now()
    panel = find_panel(session, edition)
    entry = find_candidate(session, panel, code, current_user, now)
    version, title = entry.current_version, entry.title if results_are_public(edition, now) else entry.code
    page: dict[str, Any] = {"panel": panel, "entry": entry, "title": title}
    page["ballot"] = queries.ballot_of(session, panel, current_user)
    said = version.manifest if version else {}
    if version:
        alt = said.get("text_alternative", "")
        page["frame"] = frame_of(session, version.upload, title=title, alt=alt, now=now)
    return render_template("judging/panels/audience/work.html", edition=edition, said=said, **page)


@blueprint.post("/audience/<code>")
@audience("verified")
def vote(edition_slug: str, code: str) -> Page:
    """Choose a work."""
    edition, session, now = edition_at(edition_slug), current_session(), request_now()
    panel = find_panel(session, edition)
    entry = next((each for each in queries.candidates(session, panel) if each.code == code), None)
    entry = entry or find_candidate(session, panel, code, current_user, now)
    service.cast(session, panel=panel, entry=entry, person=current_user, now=now)
    flash(_("Your vote is for %(code)s. You can change it until the vote closes.", code=entry.code), "ok")
    return redirect(url_for(".works", edition_slug=edition_slug))


@blueprint.post("/audience/take-back")
@audience("verified")
def take_back(edition_slug: str) -> Page:
    """Choose none."""
    edition, session = edition_at(edition_slug), current_session()
    panel = find_panel(session, edition)
    service.take_back(session, panel=panel, person=current_user, now=request_now())
    flash(_("Your vote is taken back."), "ok")
    return redirect(url_for(".works", edition_slug=edition_slug))


@blueprint.route("/organise/jury/audience", methods=["GET", "POST"])
@audience("organiser")
def organise(edition_slug: str) -> Page:
    """When the audience votes, and the votes so far."""
    edition, session = edition_at(edition_slug), current_session()
    panel, prizes = queries.audience_panel_of(session, edition), prizes_offered(session, edition)
    form = VoteForm(data=_saved(edition, panel))
    form.offer(prizes, challenges_of(session, edition))
    if form.accepts(lambda: service.plan_vote(session, edition=edition, plan=form.plan(edition, prizes), **acted())):
        flash(_("The audience vote is saved."), "ok")
        return redirect(url_for(".organise", edition_slug=edition_slug))
    page: dict[str, Any] = {"panel": panel, "rows": queries.audience_ranking(session, edition), "now": request_now()}
    if panel is not None:
        page["entries"] = {entry.id: entry for entry in queries.candidates(session, panel)}
        page["newcomers"] = queries.votes_by_entry(session, panel, newcomers=True)
    return render_template("judging/panels/audience/organise.html", edition=edition, form=form, **page), form.status


def _saved(edition: Edition, panel: AudiencePanel | None) -> dict[str, Any]:
    if panel is None:
        return {}
    voters = "\n".join(queries.listed_voters(current_session(), panel))
    dates = {name: local(getattr(panel, name), edition.time_zone) for name in ("opens_at", "closes_at")}
    said = {"electorate": panel.electorate.value, "prize": panel.prize_id or NO_PRIZE}
    return {**dates, **said, "voters": voters}
