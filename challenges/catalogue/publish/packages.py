"""Frictionless data packages: the files of a dataset or an edition, with their columns where we have read them.

What the standard has no words for stands in `catalogue_record`, named as the columns of the catalogue's table, and in
the `titles` of the files: so an import of ours loses nothing.
"""

from collections.abc import Sequence
from typing import Any

from challenges.catalogue.inspect.values import MISSING_MARKERS
from challenges.catalogue.models import Dataset, Resource
from challenges.catalogue.publish.addresses import file_address
from challenges.catalogue.publish.table import row_of
from challenges.catalogue.rules import licence_of, media_type
from challenges.editions.models import Edition

# What Frictionless calls a geometry; all other types have the names that we use.
_GEOMETRY = "geojson"


def data_package(dataset: Dataset, base: str) -> dict[str, Any]:
    """The content of datapackage.json; `base` is the address of this installation."""
    address = f"{base}/catalogue/{dataset.slug}"
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": dataset.slug,
        "id": address,
        "title": dataset.title.in_language("fr"),
        "description": dataset.description.in_language("fr"),
        "homepage": dataset.landing_page or address,
        "licenses": _licences(dataset),
        "contributors": [_house(dataset)],
        "keywords": list(dataset.keywords),
        "created": f"{dataset.issued_on.isoformat()}T00:00:00Z" if dataset.issued_on else "",
        "resources": [_resource(each, address) for each in dataset.resources] or [_page(dataset, address)],
        "catalogue_record": row_of(dataset),
    }
    return {name: value for name, value in package.items() if value}


def _page(dataset: Dataset, address: str) -> dict[str, str]:
    """A package has one resource at least: for a dataset without files that is its page."""
    return {"name": "page", "path": dataset.landing_page or address, "format": "html", "mediatype": "text/html"}


def edition_package(edition: Edition, datasets: Sequence[Dataset], base: str) -> dict[str, Any]:
    """The files of an edition's datasets in one package, each with the licence and source of its dataset.

    Beside them, under `packages`, stands each dataset as a package of its own, those without files too.
    """
    return {
        "profile": "data-package",
        "name": edition.slug,
        "id": f"{base}/editions/{edition.slug}",
        "title": edition.title.in_language("fr"),
        "homepage": f"{base}/editions/{edition.slug}",
        "resources": [each for dataset in datasets for each in _resources_in_edition(dataset, base)],
        "packages": [data_package(dataset, base) for dataset in datasets],
    }


def _resources_in_edition(dataset: Dataset, base: str) -> list[dict[str, Any]]:
    address = f"{base}/catalogue/{dataset.slug}"
    origin = {"sources": [{"title": dataset.title.in_language("fr"), "path": address}]}
    licences = {"licenses": _licences(dataset)} if licence_of(dataset.licence).is_known else {}
    files = [_resource(each, address) for each in dataset.resources]
    return [each | {"name": f"{dataset.slug}-{each['name']}"} | origin | licences for each in files]


def _house(dataset: Dataset) -> dict[str, str]:
    page = {"path": dataset.publisher.website} if dataset.publisher.website else {}
    return {"title": dataset.publisher.name, "role": "publisher", **page}


def _licences(dataset: Dataset) -> list[dict[str, str]]:
    licence = licence_of(dataset.licence)
    if not licence.is_known:
        return []
    described = {"name": dataset.licence, "title": licence.name.en, "path": licence.url}
    return [{name: value for name, value in described.items() if value}]


def _resource(resource: Resource, address: str) -> dict[str, Any]:
    described = {
        "name": f"file-{resource.position}",
        "title": resource.title.in_language("fr"),
        "titles": resource.title.as_dict(),
        "path": file_address(address, resource),
        "format": resource.format,
        "mediatype": media_type(resource.format) if resource.is_here else "",
        "bytes": resource.bytes,
        "hash": f"sha256:{resource.sha256}" if resource.sha256 else "",
        "encoding": (resource.inspection or {}).get("encoding"),
        "schema": _schema(resource),
    }
    return {name: value for name, value in described.items() if value not in (None, "")}


def _schema(resource: Resource) -> dict[str, Any] | None:
    """The columns of a table; cells of a text file are read as we read them."""
    if not resource.columns:
        return None
    decimal = (resource.inspection or {}).get("decimal")
    fields = [_field(column, decimal=decimal) for column in resource.columns]
    return {"fields": fields, "missingValues": ["", *sorted(MISSING_MARKERS)]}


def _field(column: dict[str, Any], *, decimal: str | None) -> dict[str, str]:
    kind = column["type"]
    field = {"name": column["name"], "type": _GEOMETRY if kind == "geometry" else kind}
    if kind == "number" and decimal == ",":
        return field | {"decimalChar": ","}
    return field | {"format": "any"} if kind in {"date", "datetime"} else field
