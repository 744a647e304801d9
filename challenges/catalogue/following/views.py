"""Following a dataset: the button on its page, the list of what one follows, the link that ends the letters."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from challenges.catalogue.following import service
from challenges.catalogue.following.policy import find_letter
from challenges.catalogue.following.queries import followed_by, is_following
from challenges.catalogue.models import Dataset
from challenges.catalogue.policy import find_dataset
from challenges.catalogue.registry import DatasetPart, catalogue_registry
from hackaviz.accounts.registry import account_registry
from hackaviz.kernel.jobs import Work
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.jobs import declare_work
from hackaviz.web.paging import asked_page
from hackaviz.web.templating import Link, Navigation, is_archive, localized, navigation_source

blueprint = Blueprint("following", __name__)


def register(app: Flask) -> None:
    """The pages, the button, the link in the menu, the letters, what an account leaves behind."""
    app.register_blueprint(blueprint)
    catalogue_registry(app).acts.append(DatasetPart(10, "challenges/catalogue/following/_button.html", _button))
    navigation_source(app, _add_link)
    declare_work(app, Work("dataset changes", service.tell_changes))
    account_registry(app).exports["followed_datasets"] = service.export_followed
    account_registry(app).erasers.append(service.forget_person)


def _button(session: Session, dataset: Dataset, _now: datetime) -> dict[str, Any] | None:
    if is_archive():
        return None
    return {"follows": current_user.is_authenticated and is_following(session, dataset, current_user)}


def _add_link(navigation: Navigation) -> None:
    if current_user.is_authenticated:
        url = url_for("following.followed")
        navigation.account.append(Link(_("Followed datasets"), url, request.endpoint == "following.followed"))


@blueprint.get("/followed-datasets")
@audience("signed-in")
def followed() -> str:
    """What the reader follows."""
    found = followed_by(current_session(), current_user, asked_page())
    return render_template("challenges/catalogue/following/followed.html", found=found)


@blueprint.post("/catalogue/<slug>/follow")
@audience("verified")
def follow(slug: str) -> Response:
    """Follow a dataset."""
    session = current_session()
    service.follow(session, dataset=find_dataset(session, slug), actor=current_user, now=request_now())
    flash(_("You get a letter when this dataset changes, one a day at most."), "ok")
    return redirect(url_for("catalogue.dataset", slug=slug))


@blueprint.post("/catalogue/<slug>/unfollow")
@audience("signed-in")
def stop(slug: str) -> Response:
    """Follow a dataset no longer."""
    session = current_session()
    dataset = find_dataset(session, slug)
    service.stop_following(session, dataset=dataset, person_id=current_user.id)
    flash(_("You get no more letters about %(title)s.", title=localized(dataset.title)), "ok")
    return redirect(url_for(".followed"))


@blueprint.route("/followed-datasets/stop/<token>", methods=["GET", "POST"])
@audience("public")
def unfollow(token: str) -> str:
    """The link of a letter: it asks, and its button ends the letters, signed in or not."""
    session = current_session()
    person, dataset = find_letter(session, token)
    is_done = request.method == "POST"
    if is_done:
        service.stop_following(session, dataset=dataset, person_id=person.id)
    return render_template("challenges/catalogue/following/unfollow.html", dataset=dataset, is_done=is_done)
