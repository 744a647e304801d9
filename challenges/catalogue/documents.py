"""What a dataset's page hands to others: a citation for people, a description for machines."""

from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from challenges.catalogue.models import Dataset, Resource
from challenges.catalogue.rules import licence_of, media_type, theme_name
from hackaviz.web.language import current_language
from hackaviz.web.templating import local_date


def citation(dataset: Dataset) -> str:
    """One line that names the data as a work should: publisher, title, period, licence, where, when."""
    language = current_language()
    parts = [dataset.publisher.name, dataset.title.in_language(language)]
    parts += [dataset.period] if dataset.period else []
    licence = licence_of(dataset.licence)
    parts.append(licence.name.in_language(language) if licence.is_known else _("licence not stated"))
    where = dataset.landing_page or address_of(dataset)
    when = _("seen on %(day)s", day=local_date(dataset.link_seen_on)) if dataset.link_seen_on else ""
    return ". ".join([", ".join(parts), ", ".join(part for part in (where, when) if part)]) + "."


def address_of(dataset: Dataset) -> str:
    """The full address of its page."""
    return f"{current_app.config['BASE_URL']}{url_for('catalogue.dataset', slug=dataset.slug)}"


def schema_org(dataset: Dataset) -> dict[str, Any]:
    """The page as schema.org describes a dataset, so that search engines of data find it."""
    language = current_language()
    description: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": dataset.title.in_language(language),
        "description": dataset.description.in_language(language),
        "url": address_of(dataset),
        "identifier": dataset.slug,
        "inLanguage": language,
        "keywords": [*dataset.keywords, theme_name(dataset.theme).in_language(language)],
        "publisher": _publisher(dataset),
        "includedInDataCatalog": {"@type": "DataCatalog", "name": "Hackaviz", "url": _catalogue_address()},
        "datePublished": dataset.issued_on.isoformat() if dataset.issued_on else "",
        "dateModified": (dataset.modified_on or dataset.updated_at.date()).isoformat(),
        "distribution": [_distribution(dataset, resource) for resource in dataset.resources],
        "license": licence_of(dataset.licence).url,
        "sameAs": dataset.landing_page,
        "temporalCoverage": _interval(dataset.period),
        "spatialCoverage": _place(dataset, language),
        "variableMeasured": _variables(dataset),
    }
    return {name: value for name, value in description.items() if value}


def _catalogue_address() -> str:
    return f"{current_app.config['BASE_URL']}{url_for('catalogue.catalogue')}"


def _publisher(dataset: Dataset) -> dict[str, str]:
    house = dataset.publisher
    described = {"@type": "Organization", "name": house.name, "url": house.website}
    return {name: value for name, value in described.items() if value}


def _interval(period: str) -> str:
    """A period as ISO 8601 writes intervals, with two dots for an open end."""
    start, dash, end = period.partition("–")
    return f"{start or '..'}/{end or '..'}" if dash else period


def _place(dataset: Dataset, language: str) -> dict[str, Any]:
    name = dataset.coverage.in_language(language) if dataset.coverage else ""
    place: dict[str, Any] = {"name": name} if name else {}
    if dataset.bounds:
        west, south, east, north = dataset.bounds
        place["geo"] = {"@type": "GeoShape", "box": f"{south} {west} {north} {east}"}
    return {"@type": "Place", **place} if place else {}


def _variables(dataset: Dataset) -> list[dict[str, Any]]:
    """The columns of its files, each name once, with their ranges."""
    columns = {column["name"]: column for resource in dataset.resources for column in resource.columns}
    return [
        {
            "@type": "PropertyValue",
            "name": name,
            **({"minValue": column["min"], "maxValue": column["max"]} if column["min"] is not None else {}),
        }
        for name, column in columns.items()
    ]


def _distribution(dataset: Dataset, resource: Resource) -> dict[str, Any]:
    described = {
        "@type": "DataDownload",
        "name": resource.title.in_language(current_language()),
        "contentUrl": resource.url or _download_address(dataset, resource),
        "encodingFormat": media_type(resource.format) if resource.is_here else resource.format,
        "contentSize": f"{resource.bytes} B" if resource.bytes else "",
        "sha256": resource.sha256 or "",
    }
    return {name: value for name, value in described.items() if value}


def _download_address(dataset: Dataset, resource: Resource) -> str:
    path = url_for("catalogue.download", slug=dataset.slug, resource_id=resource.id)
    return f"{current_app.config['BASE_URL']}{path}"
