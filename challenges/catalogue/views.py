"""The pages of the catalogue: search, one dataset, its files."""

from flask import Blueprint, Flask, Response, jsonify, make_response, render_template, request, send_file, url_for
from flask_babel import gettext as _
from flask_login import current_user

from challenges.catalogue import commands, wording
from challenges.catalogue.browsing import asked_search, chips, facet_views
from challenges.catalogue.charts.figure import figure_of
from challenges.catalogue.documents import citation, schema_org
from challenges.catalogue.harvest.queries import record_of_dataset
from challenges.catalogue.policy import find_dataset, find_file, may_catalogue
from challenges.catalogue.quality_wording import quality_in_words
from challenges.catalogue.queries import dataset_count, search
from challenges.catalogue.registry import catalogue_registry, shown_parts
from challenges.catalogue.rules import format_name, licence_of, media_type, theme_name
from challenges.catalogue.understanding import understanding
from hackaviz.kernel.errors import NotFound
from hackaviz.web.access import audience
from hackaviz.web.clock import request_now
from hackaviz.web.database import current_session
from hackaviz.web.language import current_language
from hackaviz.web.paging import asked_page
from hackaviz.web.storage import current_storage
from hackaviz.web.templating import Link, Navigation, navigation_source

blueprint = Blueprint("catalogue", __name__)


def register(app: Flask) -> None:
    """The pages, the link in the header, the commands."""
    app.register_blueprint(blueprint)
    app.cli.add_command(commands.catalogue)
    navigation_source(app, _add_link)
    app.jinja_env.globals |= {"format_name": format_name, "theme_name": theme_name, "licence_of": licence_of}


def _add_link(navigation: Navigation) -> None:
    url = url_for("catalogue.catalogue")
    navigation.links.append(Link(_("Data"), url, is_current=request.path.startswith(url)))


@blueprint.get("/catalogue")
@audience("public")
def catalogue() -> Response:
    """Search and facets; a script that asks for the results alone gets them at the same address."""
    session, asked = current_session(), asked_search()
    views = facet_views(session, asked)
    found = search(session, asked, page=asked_page(), language=current_language())
    page = {"asked": asked, "facets": views, "chips": chips(asked, views), "found": found, "words": wording}
    is_part = request.headers.get("HX-Request") == "true"
    name = "_answer" if is_part else "catalogue"
    whole = {} if is_part else {"total": dataset_count(session), "may_catalogue": may_catalogue(current_user)}
    response = make_response(render_template(f"challenges/catalogue/{name}.html", **page, **whole))
    response.vary.add("HX-Request")
    return response


@blueprint.get("/catalogue/<slug>")
@audience("public")
def dataset(slug: str) -> str:
    """One dataset: whether it can be used, what it holds, who uses it."""
    session = current_session()
    found = find_dataset(session, slug)
    registry, now = catalogue_registry(), request_now()
    origin = record_of_dataset(session, found.id)
    return render_template(
        "challenges/catalogue/dataset.html",
        dataset=found,
        **understanding(found, now.date()),
        works=[work for find in registry.works for work in find(session, found, now)],
        challenges=[mention for find in registry.challenges for mention in find(session, found)],
        acts=shown_parts(registry.acts, session, found, now),
        parts=shown_parts(registry.parts, session, found, now),
        citation=citation(found),
        description=schema_org(found),
        origin=origin,
        quality=quality_in_words(found, is_harvested=origin is not None, today=now.date()),
        may_catalogue=may_catalogue(current_user),
        words=wording,
    )


@blueprint.get("/catalogue/<slug>/files/<int:resource_id>")
@audience("public")
def download(slug: str, resource_id: int) -> Response:
    """The bytes of a file, under its own name."""
    resource = find_file(current_session(), slug, resource_id)
    response = send_file(
        current_storage().open(str(resource.storage_key)),
        mimetype=media_type(resource.format),
        as_attachment=True,
        download_name=resource.file_name,
        etag=resource.sha256 or False,
    )
    response.content_length = int(resource.bytes or 0)
    return response


@blueprint.get("/catalogue/<slug>/files/<int:resource_id>/chart.json")
@audience("public")
def chart(slug: str, resource_id: int) -> Response:
    """The chart of a file as Plotly JSON, drawn from figures computed when the file was attached."""
    resource = find_file(current_session(), slug, resource_id)
    if resource.series is None:
        raise NotFound(_("This file has no chart."))
    return jsonify(figure_of(resource.series, wording.chart_words()))
