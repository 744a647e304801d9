"""What organisers do with challenges: write, rubric, datasets, publication."""

from datetime import datetime
from typing import Any

from flask import Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.briefs import queries, service
from challenges.briefs.forms import ChallengeForm, RubricForm
from challenges.briefs.models import Challenge
from challenges.briefs.policy import find_challenge
from challenges.briefs.rules import missing_before_publication, percentages, rubric_is_closed
from challenges.briefs.views import blueprint
from challenges.catalogue.models import Dataset
from challenges.editions.models import Edition, Visibility
from challenges.editions.policy import find_edition
from challenges.editions.registry import OrganiserLink, Section, WaitingItem, edition_registry
from challenges.sponsors.registry import ChallengeChoice, PrizeChange, sponsor_registry
from hackaviz.kernel.errors import NotFound
from hackaviz.kernel.markdown import render_markdown
from hackaviz.web.access import audience
from hackaviz.web.changing import hold
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.once import makes_once

AT = "/editions/<edition_slug>/organise/challenges"
Page = Response | tuple[str, int]


def register(app: Flask) -> None:
    """Add what organisers see of challenges elsewhere, and tell the sponsors' room which challenges there are."""
    editions, sponsors = edition_registry(app), sponsor_registry(app)
    editions.organiser_links.append(OrganiserLink(Section.EDITION, _l("Challenges"), "briefs.challenges", order=20))
    editions.requirements.append(_needs_a_challenge)
    editions.waiting.append(_drafts_wait)
    sponsors.challenges = _choices
    sponsors.prize_changed.append(_note_prize)


def _needs_a_challenge(session: Session, edition: Edition) -> list[str]:
    published = queries.count_challenges(session, edition, Visibility.PUBLISHED)
    return [] if published else [_("No challenge is published yet.")]


def _drafts_wait(session: Session, edition: Edition, now: datetime) -> list[WaitingItem]:
    drafts = queries.count_challenges(session, edition, Visibility.DRAFT)
    label = ngettext("challenge to publish", "challenges to publish", drafts)
    url = url_for("briefs.challenges", edition_slug=edition.slug)
    return [WaitingItem(drafts, label, url, is_late=edition.registration_opens_at < now)]


def _choices(session: Session, edition: Edition) -> list[ChallengeChoice]:
    return [ChallengeChoice(each.id, each.number, each.title) for each in queries.challenges_of(session, edition)]


def _note_prize(session: Session, change: PrizeChange, actor: Any, now: datetime) -> None:
    """A prize that changed is dated on the page of its challenge."""
    challenge = session.get(Challenge, change.prize.challenge_id) if change.prize.challenge_id else None
    if challenge is not None:
        texts = {"before": change.before, "after": change.after}
        service.record_change(session, challenge=challenge, field="prizes", **texts, actor=actor, now=now)


def _find(edition_slug: str, challenge_slug: str) -> Challenge:
    session = current_session()
    edition = find_edition(session, edition_slug, current_user)
    return find_challenge(session, edition=edition, slug=challenge_slug, person=current_user)


def _back_to(endpoint: str, challenge: Challenge, **query: Any) -> Response:
    address = query | {"edition_slug": challenge.edition.slug, "challenge_slug": challenge.slug}
    return redirect(url_for(endpoint, **address))


@blueprint.get(AT)
@audience("organiser")
def challenges(edition_slug: str) -> str:
    """Every challenge with its state."""
    edition = find_edition(current_session(), edition_slug, current_user)
    lines = queries.challenge_lines(current_session(), edition, with_drafts=True)
    return render_template("challenges/briefs/challenges.html", edition=edition, lines=lines)


@blueprint.route(f"{AT}/new", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def new(edition_slug: str) -> Page:
    """Write a challenge: a draft."""
    edition = find_edition(current_session(), edition_slug, current_user)
    number = queries.next_number(current_session(), edition)
    form, written = ChallengeForm(data={"number": number}, remembers=False), list[Challenge]()
    if form.accepts(lambda: written.append(_write(edition, form))):
        flash(_("The challenge is saved as a draft. Next: how the jury judges it."), "ok")
        return _back_to("briefs.rubric", written[0])
    return render_template("challenges/briefs/new.html", edition=edition, form=form), form.status


def _write(edition: Edition, form: ChallengeForm) -> Challenge:
    details = form.details()
    return service.write_challenge(
        current_session(), edition=edition, details=details, actor=current_user, now=request_now()
    )


@blueprint.post("/editions/<edition_slug>/organise/preview")
@audience("organiser")
def preview(edition_slug: str) -> str:  # noqa: ARG001 — part of the address, checked by the audience
    """A Markdown text as the pages will show it, for the hint under a text that is being typed. Changes nothing."""
    return render_markdown(request.form.get("text", ""))


@blueprint.route(f"{AT}/<challenge_slug>", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def edit(edition_slug: str, challenge_slug: str) -> Page:
    """Change the texts; publish."""
    challenge = _find(edition_slug, challenge_slug)
    hold(challenge)
    form = ChallengeForm.of(challenge)
    if form.accepts(lambda: _revise(challenge, form)):
        flash(_("The challenge is saved."), "ok")
        return _back_to("briefs.edit", challenge)
    missing = missing_before_publication(challenge, len(challenge.criteria))
    return _show("edit", challenge, form=form, missing=missing), form.status


def _revise(challenge: Challenge, form: ChallengeForm) -> None:
    service.revise(
        current_session(), challenge=challenge, details=form.details(), actor=current_user, now=request_now()
    )


@blueprint.route(f"{AT}/<challenge_slug>/rubric", methods=["GET", "POST"])
@audience("organiser")
@makes_once
def rubric(edition_slug: str, challenge_slug: str) -> Page:
    """Write how the jury judges: the whole rubric at once."""
    challenge = _find(edition_slug, challenge_slug)
    hold(challenge)
    form = RubricForm.of(challenge)
    if form.accepts(lambda: _set_rubric(challenge, form)):
        flash(_("The rubric is saved."), "ok")
        return _back_to("briefs.rubric", challenge)
    is_closed = rubric_is_closed(challenge.edition.judging_opens_at, request_now())
    percents = percentages([criterion.weight for criterion in challenge.criteria])
    return _show("rubric", challenge, form=form, is_closed=is_closed, percentages=percents), form.status


def _set_rubric(challenge: Challenge, form: RubricForm) -> None:
    service.set_rubric(
        current_session(), challenge=challenge, criteria=form.details(), actor=current_user, now=request_now()
    )


@blueprint.get(f"{AT}/<challenge_slug>/datasets")
@audience("organiser")
def datasets(edition_slug: str, challenge_slug: str) -> str:
    """The suggested datasets, and a search of the catalogue to add others."""
    challenge = _find(edition_slug, challenge_slug)
    text = request.args.get("q", "").strip()
    linked = {dataset.id for dataset in challenge.datasets}
    found = [dataset for dataset in queries.find_datasets(current_session(), text) if dataset.id not in linked]
    return _show("datasets", challenge, text=text, found=found)


@blueprint.post(f"{AT}/<challenge_slug>/datasets/add")
@audience("organiser")
def add_dataset(edition_slug: str, challenge_slug: str) -> Response:
    """Suggest one more dataset."""
    challenge = _find(edition_slug, challenge_slug)
    _link(challenge, [*challenge.datasets, _asked_dataset()])
    return _back_to("briefs.datasets", challenge, q=request.form.get("q") or None)


@blueprint.post(f"{AT}/<challenge_slug>/datasets/remove")
@audience("organiser")
def remove_dataset(edition_slug: str, challenge_slug: str) -> Response:
    """Suggest one dataset less."""
    challenge, removed = _find(edition_slug, challenge_slug), _asked_dataset()
    _link(challenge, [dataset for dataset in challenge.datasets if dataset is not removed])
    return _back_to("briefs.datasets", challenge)


def _asked_dataset() -> Dataset:
    dataset = queries.dataset_by_slug(current_session(), request.form.get("dataset", ""))
    if dataset is None:
        raise NotFound(_l("This dataset is not in the catalogue any more. Nothing was changed."))
    return dataset


def _link(challenge: Challenge, datasets: list[Dataset]) -> None:
    service.link_datasets(
        current_session(), challenge=challenge, datasets=datasets, actor=current_user, now=request_now()
    )


@blueprint.post(f"{AT}/<challenge_slug>/publish")
@audience("organiser")
@makes_once
def publish(edition_slug: str, challenge_slug: str) -> Response:
    """Show the challenge to everyone."""
    challenge = _find(edition_slug, challenge_slug)
    service.publish_challenge(current_session(), challenge=challenge, actor=current_user, now=request_now())
    flash(_("The challenge is published."), "ok")
    return _back_to("briefs.edit", challenge)


def _show(page: str, challenge: Challenge, **context: Any) -> str:
    template = f"challenges/briefs/{page}.html"
    return render_template(template, edition=challenge.edition, challenge=challenge, **context)
