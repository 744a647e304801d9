"""DCAT and DCAT-AP, versions 1 to 3, in every syntax of RDF."""

from collections.abc import Iterator
from typing import Any

from challenges.catalogue.harvest.opening import Opened
from challenges.catalogue.harvest.readers import own_dcat
from challenges.catalogue.harvest.readers.graph import NOWHERE, Graph, open_graph, spoken
from challenges.catalogue.harvest.record import Stated, Unreadable
from challenges.catalogue.harvest.values import first, texts_of

DCT, DCAT = "http://purl.org/dc/terms/", "http://www.w3.org/ns/dcat#"
DC = "http://purl.org/dc/elements/1.1/"
FOAF, VCARD, SKOS = (
    "http://xmlns.com/foaf/0.1/",
    "http://www.w3.org/2006/vcard/ns#",
    "http://www.w3.org/2004/02/skos/core#",
)
RDFS, ADMS, SPDX = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/ns/adms#", "http://spdx.org/rdf/terms#"
LOCN, OLD_VCARD = "http://www.w3.org/ns/locn#", "http://www.w3.org/2006/vcard/ns#"
SCHEMAS = ("http://schema.org/", "https://schema.org/")
NAMES = (
    f"{FOAF}name",
    f"{VCARD}fn",
    f"{VCARD}organization-name",
    f"{SKOS}prefLabel",
    f"{RDFS}label",
    f"{DCT}title",
    f"{DCT}identifier",
)


def read(source: Opened) -> Iterator[Stated]:
    """Each dataset of which more is said than that it exists. Raises Unreadable where no word of DCAT is used."""
    graph = open_graph(source)
    datasets = graph.of_type(f"{DCAT}Dataset", f"{DCAT}DatasetSeries")
    if not datasets and not graph.of_type(f"{DCAT}Catalog"):
        raise Unreadable("The RDF is sound, but describes no dcat:Dataset and no dcat:Catalog.")
    catalogue = next(iter(graph.of_type(f"{DCAT}Catalog")), None)
    house = _names(graph, graph.values(catalogue, f"{DCT}publisher")) if catalogue is not None else []
    for node in datasets:
        own = own_dcat.own_code(graph, node)
        yield own_dcat.stated(graph, node, own) if own else _stated(graph, node, house, source.address)


def _stated(graph: Graph, node: Any, house: list[Any], base: str) -> Stated:
    def said(*properties: str) -> list[Any]:
        return [spoken(value) for value in graph.values(node, *properties)]

    publishers = graph.values(node, f"{DCT}publisher", f"{DCT}creator")
    files = graph.values(node, f"{DCAT}distribution")
    places = graph.values(node, f"{DCT}spatial")
    homes = [page for each in publishers for page in graph.values(each, f"{FOAF}homepage")]
    pages = graph.values(node, f"{DCAT}landingPage", f"{FOAF}page", f"{FOAF}homepage")
    start, end, period = _period(graph, node)
    address = "" if str(spoken(node)).startswith("_") else spoken(node)
    return Stated(
        identifier=first(
            said(f"{DCT}identifier", f"{DCAT}identifier", f"{ADMS}identifier", f"{DC}identifier"), address
        ),
        title=said(f"{DCT}title", f"{DC}title", f"{RDFS}label"),
        description=said(f"{DCT}description", f"{DCT}abstract", f"{DC}description", f"{RDFS}comment"),
        # A bare address names nobody: the publisher of the whole catalogue does.
        publisher=first(_names(graph, [each for each in publishers if graph.holds(each) or _is_text(each)]), house)
        or _names(graph, publishers),
        publisher_website=[spoken(page) for page in homes],
        licence=_licences(graph, node) or [name for each in files for name in _licences(graph, each)],
        themes=_names(graph, graph.values(node, f"{DCAT}theme")) or said(f"{DCT}subject"),
        keywords=said(f"{DCAT}keyword"),
        coverage=_places(graph, places),
        bounds=[spoken(box) for place in places for box in _boxes(graph, place)] + said(f"{DCAT}bbox"),
        start=start,
        end=end,
        period=period,
        frequency=said(f"{DCT}accrualPeriodicity"),
        issued=said(f"{DCT}issued", f"{DCT}created"),
        modified=said(f"{DCT}modified"),
        landing_page=first([spoken(page) for page in pages], _page(address)),
        contact=[
            spoken(value)
            for each in graph.values(node, f"{DCAT}contactPoint", f"{ADMS}contactPoint")
            for value in _contact(graph, each)
        ],
        language=said(f"{DCT}language"),
        base=base,
        resources=[_resource(graph, each) for each in files],
    )


def _names(graph: Graph, nodes: list[Any]) -> list[Any]:
    """What things are called: their own names, the text that stands for them, or else their addresses."""
    found: list[Any] = []
    for node in nodes:
        named = [spoken(name) for name in graph.values(node, *NAMES)]
        found += (
            named[:1] if named else [] if graph.holds(node) and spoken(node).startswith(NOWHERE) else [spoken(node)]
        )
    return [name for name in found if name]


def _is_text(value: Any) -> bool:
    return isinstance(spoken(value), dict)


def _places(graph: Graph, nodes: list[Any]) -> Any:
    """The names of places, by language where each is named in French or English."""
    named = [texts_of([spoken(name) for name in graph.values(node, *NAMES)]) for node in nodes]
    if not named or not all({"fr", "en"} & texts.keys() for texts in named):
        return _names(graph, nodes)
    return {code: [texts[code] for texts in named if code in texts] for code in ("fr", "en")}


def _licences(graph: Graph, node: Any) -> list[Any]:
    """Every statement of the licence; the rights are asked only where no licence stands."""
    found: list[Any] = []
    for value in graph.values(node, f"{DCT}license", f"{DCT}#license", f"{DC}rights", f"{DCT}rights"):
        found += [spoken(value), *(spoken(name) for name in graph.values(value, *NAMES))]
    return [text for text in found if text]


def _boxes(graph: Graph, place: Any) -> list[Any]:
    return graph.values(place, f"{DCAT}bbox", f"{LOCN}geometry", f"{DCAT}centroid")


def _period(graph: Graph, node: Any) -> tuple[Any, Any, Any]:
    for value in graph.values(node, f"{DCT}temporal"):
        start = graph.values(value, f"{DCAT}startDate", *(f"{schema}startDate" for schema in SCHEMAS))
        end = graph.values(value, f"{DCAT}endDate", *(f"{schema}endDate" for schema in SCHEMAS))
        if start or end:
            return [spoken(each) for each in start], [spoken(each) for each in end], None
        text = spoken(value)
        if isinstance(text, dict):
            return None, None, text
    return None, None, None


def _page(address: str) -> str:
    return address if address.startswith(("http://", "https://")) else ""


def _contact(graph: Graph, node: Any) -> list[Any]:
    mails = graph.values(node, f"{VCARD}hasEmail", f"{VCARD}email", f"{FOAF}mbox")
    inner = [value for mail in mails for value in graph.values(mail, f"{VCARD}hasValue")]
    names = graph.values(node, f"{VCARD}fn", f"{FOAF}name", f"{VCARD}organization-name", f"{VCARD}organisation-name")
    return names[:1] + (inner or mails)[:1]


def _resource(graph: Graph, node: Any) -> dict[str, Any]:
    def said(*properties: str) -> list[Any]:
        return [spoken(value) for value in graph.values(node, *properties)]

    links = graph.values(node, f"{DCAT}downloadURL") or graph.values(node, f"{DCAT}accessURL")
    checksums = graph.values(node, f"{SPDX}checksum")
    formats = graph.values(node, f"{DCT}format")
    return {
        "url": [spoken(link) for link in links],
        "title": said(f"{DCT}title", f"{RDFS}label", f"{DCT}description"),
        "format": _names(graph, formats),
        "media_type": said(f"{DCAT}mediaType", f"{DCT}mediaType"),
        "bytes": said(f"{DCAT}byteSize"),
        "hash": [spoken(value) for each in checksums for value in graph.values(each, f"{SPDX}checksumValue")],
    }
