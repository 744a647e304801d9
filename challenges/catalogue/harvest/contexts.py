"""JSON-LD contexts that portals name by address. They are never fetched: the terms that matter stand here."""

import json
import re
from typing import Any

from challenges.catalogue.harvest.record import Unreadable

_DCT, _DCAT, _FOAF = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#", "http://xmlns.com/foaf/0.1/"
_VCARD, _SKOS, _HYDRA = (
    "http://www.w3.org/2006/vcard/ns#",
    "http://www.w3.org/2004/02/skos/core#",
    "http://www.w3.org/ns/hydra/core#",
)
_OF_DCT = (
    "title description identifier issued modified publisher creator language license rights spatial temporal format "
    "accrualPeriodicity isPartOf references conformsTo accessRights"
)
_OF_DCAT = (
    "dataset distribution keyword theme landingPage contactPoint accessURL downloadURL mediaType byteSize bbox "
    "startDate endDate record service accessService Catalog Dataset Distribution DataService CatalogRecord"
)
_ADDRESSES = "accessURL downloadURL landingPage homepage next nextPage first last"
TERMS: dict[str, Any] = {
    "dcat": _DCAT,
    "dct": _DCT,
    "dcterms": _DCT,
    "foaf": _FOAF,
    "vcard": _VCARD,
    "skos": _SKOS,
    "hydra": _HYDRA,
    "schema": "http://schema.org/",
    "locn": "http://www.w3.org/ns/locn#",
    "adms": "http://www.w3.org/ns/adms#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "prov": "http://www.w3.org/ns/prov#",
    "id": "@id",
    "type": "@type",
    **{name: f"{_DCT}{name}" for name in _OF_DCT.split()},
    **{name: f"{_DCAT}{name}" for name in _OF_DCAT.split()},
    **{name: f"{_VCARD}{name}" for name in ("fn", "hasEmail", "hasURL", "Organization", "Contact")},
    **{name: f"{_FOAF}{name}" for name in ("name", "homepage", "mbox", "Agent")},
    "prefLabel": f"{_SKOS}prefLabel",
    **{
        name: f"{_HYDRA}{name}" for name in ("next", "nextPage", "first", "last", "totalItems", "PartialCollectionView")
    },
}
TERMS |= {name: {"@id": TERMS[name], "@type": "@id"} for name in _ADDRESSES.split()}
_KNOWN = re.compile(
    r"project-open-data|data\.europa\.eu|semiceu\.github\.io|w3\.org/ns/(?:dcat|hydra|adms)|w3\.org/.*(?:dcat|hydra)|dcat",
    re.IGNORECASE,
)


def with_own_contexts(text: str) -> str:
    """The document with our terms in place of contexts that stand elsewhere. Raises Unreadable for unknown ones."""
    try:
        document = json.loads(text)
        return json.dumps(_replaced(document))
    except (ValueError, RecursionError) as error:
        raise Unreadable(
            f"The JSON-LD is cut short or broken ({error}). Nothing was imported. Fetch it again."
        ) from error


def _replaced(value: Any) -> Any:
    if isinstance(value, list):
        return [_replaced(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: _own(inner) if key == "@context" else _replaced(inner) for key, inner in value.items()}


def _own(context: Any) -> Any:
    if isinstance(context, list):
        return [_own(each) for each in context]
    if isinstance(context, dict):
        return {key: inner for key, inner in context.items() if key != "@import"}
    if context is None:
        return None
    if not _KNOWN.search(str(context)):
        raise Unreadable(
            f"This JSON-LD takes its terms from {str(context)[:200]}, which is not known here, and is never fetched. "
            "Ask the portal for Turtle or RDF/XML."
        )
    return TERMS
