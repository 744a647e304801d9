"""DCAT as a catalogue like this one publishes it, see `publish.dcat`: each fact is read where we wrote it."""

from typing import Any

from challenges.catalogue.harvest.readers.graph import Graph, spoken
from challenges.catalogue.harvest.record import Stated
from challenges.catalogue.harvest.values import first, plain
from challenges.catalogue.rules import LICENCES, as_iri

DCT, DCAT = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#"
FOAF, VCARD, SKOS = (
    "http://xmlns.com/foaf/0.1/",
    "http://www.w3.org/2006/vcard/ns#",
    "http://www.w3.org/2004/02/skos/core#",
)
RDFS, SPDX, SCHEMA = (
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://spdx.org/rdf/terms#",
    "http://schema.org/",
)


def own_code(graph: Graph, node: Any) -> str:
    """The code of the licence in an export of ours; "" in any other."""
    return next(
        (code for code in map(plain, _inside(graph, node, f"{DCT}rights", f"{DCT}identifier")) if code in LICENCES), ""
    )


def stated(graph: Graph, node: Any, code: str) -> Stated:
    """The dataset of a node."""

    def said(name: str) -> list[Any]:
        return [spoken(value) for value in graph.values(node, name)]

    def inside(name: str, inner: str) -> list[Any]:
        return _inside(graph, node, name, inner)

    files = graph.values(node, f"{DCAT}distribution")
    return Stated(
        identifier=said(f"{DCT}identifier"),
        title=said(f"{DCT}title"),
        # One without a language stands in for a description that nobody wrote.
        description=[text for text in said(f"{DCT}description") if text["@language"]],
        publisher=inside(f"{DCT}publisher", f"{FOAF}name"),
        publisher_website=[
            written(graph, page)
            for each in graph.values(node, f"{DCT}publisher")
            for page in graph.values(each, f"{FOAF}homepage")
        ],
        licence=inside(f"{DCT}rights", f"{RDFS}label"),
        licence_code=code,
        themes=said(f"{DCAT}theme"),
        # RDF knows no order: one text keeps it.
        keywords=first(plain(said(f"{SCHEMA}keywords")), said(f"{DCAT}keyword")),
        coverage=inside(f"{DCT}spatial", f"{SKOS}prefLabel"),
        bounds=inside(f"{DCT}spatial", f"{DCAT}bbox"),
        period=inside(f"{DCT}temporal", f"{RDFS}label"),
        frequency=said(f"{DCT}accrualPeriodicity"),
        issued=said(f"{DCT}issued"),
        modified=said(f"{DCT}modified"),
        landing_page=[written(graph, page) for page in graph.values(node, f"{DCAT}landingPage")],
        contact=inside(f"{DCAT}contactPoint", f"{VCARD}fn"),
        resources=[_resource(graph, each, spoken(node)) for each in files],
    )


def _inside(graph: Graph, node: Any, name: str, inner: str) -> list[Any]:
    return [spoken(value) for each in graph.values(node, name) for value in graph.values(each, inner)]


def written(graph: Graph, node: Any) -> Any:
    """An address as it was written before it became an IRI, where an export says so."""
    iri = spoken(node)
    texts = (plain(spoken(each)) for each in graph.values(node, f"{DCT}identifier"))
    return next((text for text in texts if as_iri(text) == iri), iri)


def _resource(graph: Graph, node: Any, dataset: Any) -> dict[str, Any]:
    links = [written(graph, link) for link in graph.values(node, f"{DCAT}accessURL")]
    return {
        # What stands behind no link leads to the page of its dataset.
        "url": [link for link in links if link != dataset],
        "title": [spoken(title) for title in graph.values(node, f"{DCT}title")],
        "format": _inside(graph, node, f"{DCT}format", f"{RDFS}label"),
        "bytes": [spoken(size) for size in graph.values(node, f"{DCAT}byteSize")],
        "hash": _inside(graph, node, f"{SPDX}checksum", f"{SPDX}checksumValue"),
    }
