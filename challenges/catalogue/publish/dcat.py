"""A dataset as DCAT-AP, in JSON-LD. Every node has an address, so that the same dataset gives the same statements.

What our own import could not tell from the standard terms stands beside them, see `harvest.readers.own_dcat`: the code
of a licence and its words as stated in `dct:rights`, our theme in the address of `dcat:theme`, a period in our words,
the order of the keywords in `schema:keywords`, and how a link is written that is no IRI.
"""

import re
from typing import Any
from urllib.parse import quote

from challenges.catalogue.models import Dataset, Resource
from challenges.catalogue.publish.addresses import file_address
from challenges.catalogue.rules import as_iri, licence_of
from hackaviz.kernel.bilingual import LANGUAGES, Bilingual

Node = dict[str, Any]

PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "schema": "http://schema.org/",
    "gsp": "http://www.opengis.net/ont/geosparql#",
}
_FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/"
_FREQUENCIES = {
    "continuous": "CONT",
    "daily": "DAILY",
    "weekly": "WEEKLY",
    "biweekly": "BIWEEKLY",
    "monthly": "MONTHLY",
    "bimonthly": "BIMONTHLY",
    "quarterly": "QUARTERLY",
    "three-a-year": "ANNUAL_3",
    "twice-a-year": "ANNUAL_2",
    "yearly": "ANNUAL",
    "every-two-years": "BIENNIAL",
    "every-three-years": "TRIENNIAL",
    "every-five-years": "QUINQUENNIAL",
    "irregular": "IRREG",
    "never": "NEVER",
}
_MOMENT = re.compile(r"\d{4}(?:-\d{2}-\d{2})?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)


def catalogue_node(base: str) -> Node:
    """The catalogue itself. Its datasets name it, so that it can be written before all are read."""
    title = {"@value": "Hackaviz", "@language": "fr"}
    agent = {"@id": f"{base}/#publisher", "@type": "foaf:Agent", "foaf:name": "Hackaviz"}
    about = {"@value": "Jeux de données d’un concours de datavisualisation", "@language": "fr"}
    return {
        "@id": f"{base}/catalogue",
        "@type": "dcat:Catalog",
        "dct:title": title,
        "dct:description": about,
        "dct:publisher": agent,
    }


def dataset_node(dataset: Dataset, base: str) -> Node:
    """A dataset with all that hangs on it; `base` is the address of this installation."""
    address = f"{base}/catalogue/{dataset.slug}"
    node = {
        "@id": address,
        "@type": "dcat:Dataset",
        "@reverse": {"dcat:dataset": {"@id": f"{base}/catalogue"}},
        "dct:isPartOf": {"@id": f"{base}/catalogue"},
        "dct:identifier": dataset.slug,
        "dct:title": _spoken(dataset.title),
        # Of no language where nobody wrote one: DCAT-AP wants a description of everything.
        "dct:description": _spoken(dataset.description) or dataset.title.in_language("fr"),
        "dct:publisher": _publisher(dataset, base),
        "dct:license": _address(licence_of(dataset.licence).url),
        "dct:rights": _rights(dataset, address),
        "dcat:theme": {"@id": f"{base}/catalogue?theme={dataset.theme}", "@type": "skos:Concept"},
        "dcat:keyword": list(dataset.keywords),
        "schema:keywords": ", ".join(dataset.keywords),
        "dct:spatial": _place(dataset, address),
        "dct:temporal": _period(dataset.period, address),
        "dct:accrualPeriodicity": _address(_FREQUENCY + _FREQUENCIES[dataset.frequency] if dataset.frequency else ""),
        "dct:issued": _day(dataset.issued_on),
        "dct:modified": _day(dataset.modified_on),
        "dcat:landingPage": _address(dataset.landing_page),
        "dcat:contactPoint": _contact(dataset.contact, address),
        "dcat:distribution": [_file(dataset, each, address) for each in dataset.resources] + _formats(dataset, address),
    }
    return _without_nothing(node)


def _without_nothing(node: Node) -> Node:
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}


def _spoken(text: Bilingual) -> list[Node]:
    found = ((language, getattr(text, language)) for language in LANGUAGES)
    return [{"@value": words, "@language": language} for language, words in found if words]


def _address(url: str) -> Node | None:
    if not url:
        return None
    iri = as_iri(url)
    return {"@id": iri} if iri == url else {"@id": iri, "dct:identifier": url}


def _day(day: Any) -> Node | None:
    return {"@value": day.isoformat(), "@type": "xsd:date"} if day else None


def _publisher(dataset: Dataset, base: str) -> Node:
    house = dataset.publisher
    page = _address(house.website)
    address = f"{base}/catalogue?publisher={house.slug}"
    return _without_nothing({"@id": address, "@type": "foaf:Agent", "foaf:name": house.name, "foaf:homepage": page})


def _rights(dataset: Dataset, address: str) -> Node:
    stated = {"dct:identifier": dataset.licence, "rdfs:label": dataset.licence_as_stated}
    return _without_nothing({"@id": f"{address}#rights", "@type": "dct:RightsStatement", **stated})


def _place(dataset: Dataset, address: str) -> Node | None:
    if not dataset.coverage and not dataset.bounds:
        return None
    node: Node = {"@id": f"{address}#place", "@type": "dct:Location"}
    if dataset.coverage:
        node["skos:prefLabel"] = _spoken(dataset.coverage)
    if dataset.bounds:
        west, south, east, north = dataset.bounds
        corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
        ring = ", ".join(f"{x} {y}" for x, y in corners)
        node["dcat:bbox"] = {"@value": f"POLYGON(({ring}))", "@type": "gsp:wktLiteral"}
    return node


def _period(period: str, address: str) -> Node | None:
    if not period:
        return None
    first, dash, last = period.partition("–")
    parts = {"dcat:startDate": first, "dcat:endDate": last if dash else first}
    moments = {name: _moment(text) for name, text in parts.items() if text}
    known = moments if all(moments.values()) else {}
    return {"@id": f"{address}#period", "@type": "dct:PeriodOfTime", "rdfs:label": period, **known}


def _moment(text: str) -> Node | None:
    kind = "xsd:gYear" if len(text) == 4 else "xsd:date"
    return {"@value": text, "@type": kind} if _MOMENT.fullmatch(text) else None


def _contact(contact: str, address: str) -> Node | None:
    if not contact:
        return None
    mail = _MAIL.search(contact)
    written = {"vcard:hasEmail": {"@id": f"mailto:{mail[0]}"}} if mail else {}
    return {"@id": f"{address}#contact", "@type": "vcard:Kind", "vcard:fn": contact, **written}


def _file(dataset: Dataset, resource: Resource, address: str) -> Node:
    place = f"{address}#file-{resource.position}"
    url = file_address(address, resource)
    checksum = {
        "@id": f"{place}-checksum",
        "@type": "spdx:Checksum",
        "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
        "spdx:checksumValue": resource.sha256,
    }
    node = {
        "@id": place,
        "@type": "dcat:Distribution",
        # One that both languages share is of none.
        "dct:title": resource.title.fr if resource.title.fr == resource.title.en else _spoken(resource.title),
        "dcat:accessURL": _address(url),
        "dcat:downloadURL": _address(url),
        "dct:format": _format(resource.format, address),
        "dct:license": _address(licence_of(dataset.licence).url),
        "dcat:byteSize": {"@value": str(resource.bytes), "@type": "xsd:nonNegativeInteger"}
        if resource.bytes is not None
        else None,
        "spdx:checksum": checksum if resource.sha256 else None,
    }
    return _without_nothing(node)


def _formats(dataset: Dataset, address: str) -> list[Node]:
    """The formats in which the data exists though no link leads to it."""
    missing = sorted(set(dataset.formats) - {resource.format for resource in dataset.resources})
    page = {"@type": "dcat:Distribution", "dcat:accessURL": {"@id": address}}
    return [
        {"@id": f"{address}#as-{quote(code, safe='')}", **page, "dct:format": _format(code, address)}
        for code in missing
    ]


def _format(code: str, address: str) -> Node:
    return {"@id": f"{address}#format-{quote(code, safe='')}", "@type": "dct:MediaTypeOrExtent", "rdfs:label": code}
