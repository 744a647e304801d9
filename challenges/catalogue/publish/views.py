"""The catalogue's addresses for machines."""

from collections.abc import Iterator

from flask import Flask, Response, current_app, jsonify
from flask_login import AnonymousUserMixin

from challenges.catalogue.policy import find_dataset
from challenges.catalogue.publish.dcat import catalogue_node, dataset_node
from challenges.catalogue.publish.packages import data_package, edition_package
from challenges.catalogue.publish.queries import every_dataset
from challenges.catalogue.publish.syntaxes import SYNTAXES, document
from challenges.catalogue.publish.table import table
from challenges.catalogue.registry import catalogue_registry
from challenges.catalogue.snapshots.packaging import with_frozen_copies
from challenges.catalogue.snapshots.queries import copies_of_edition
from challenges.catalogue.views import blueprint
from challenges.editions.policy import find_edition
from hackaviz.web.access import audience
from hackaviz.web.database import Sessions, current_session, sessions

# What programs get is the same whoever asks: nothing of a draft.
NOBODY = AnonymousUserMixin()


def register(_app: Flask) -> None:
    """Importing this module adds its pages to the room's blueprint."""


@blueprint.get("/catalogue.<any(jsonld, ttl, rdf):syntax>")
@audience("public")
def whole(syntax: str) -> Response:
    """The whole catalogue as DCAT-AP, sent while it is read."""
    kind = f"{SYNTAXES[syntax][0]}; charset=utf-8"
    return Response(_pieces(syntax, sessions(), current_app.config["BASE_URL"]), content_type=kind)


def _pieces(syntax: str, opened: Sessions, base: str) -> Iterator[str]:
    # A session of its own: that of the request is closed before the last piece is sent.
    with opened.reading() as session:
        datasets = (dataset_node(each, base) for each in every_dataset(session))
        yield from document(syntax, catalogue_node(base), datasets)


@blueprint.get("/catalogue.csv")
@audience("public")
def spreadsheet() -> Response:
    """The whole catalogue as a table, sent while it is read."""
    answer = Response(_lines(sessions(), current_app.config["BASE_URL"]), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename="catalogue.csv")
    return answer


def _lines(opened: Sessions, base: str) -> Iterator[str]:
    with opened.reading() as session:
        yield from table(every_dataset(session), base)


@blueprint.get("/catalogue/<slug>/datapackage.json")
@audience("public")
def package(slug: str) -> Response:
    """One dataset as a Frictionless data package."""
    return jsonify(data_package(find_dataset(current_session(), slug), current_app.config["BASE_URL"]))


@blueprint.get("/editions/<edition_slug>/datapackage.json")
@audience("public")
def package_of_edition(edition_slug: str) -> Response:
    """The datasets that the public challenges of an edition suggest, as one Frictionless data package."""
    session = current_session()
    edition = find_edition(session, edition_slug, NOBODY)
    datasets = {each.id: each for find in catalogue_registry().of_edition for each in find(session, edition)}
    base = current_app.config["BASE_URL"]
    whole = edition_package(edition, list(datasets.values()), base)
    return jsonify(with_frozen_copies(whole, copies_of_edition(session, edition), base))
