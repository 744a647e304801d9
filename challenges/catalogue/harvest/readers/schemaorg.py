"""schema.org Dataset and DataCatalog, and Croissant: JSON-LD in a file of its own or inside a page."""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from challenges.catalogue.harvest.opening import Opened, read_whole, start_of, whole_json
from challenges.catalogue.harvest.readers.guarding import each
from challenges.catalogue.harvest.record import RejectedRecord, Stated, Unreadable
from challenges.catalogue.harvest.values import first, listed, plain

DEEPEST = 12
_PREFIX = re.compile(
    r"^(?:https?://schema\.org/|schema:|sc:|https?://mlcommons\.org/croissant/|cr:|(?:http://purl\.org/dc/terms/|dct:))"
)
Node = dict[str, Any]


def read(source: Opened) -> Iterator[Stated | RejectedRecord]:
    """Each dataset, wherever it stands in the document."""
    documents = _of_page(source) if start_of(source.path, 1) == "<" else [whole_json(source.path)]
    nodes = [node for document in documents for node in _nodes(document, 0)]
    by_identifier = {str(node["@id"]): node for node in nodes if len(node) > 1 and "@id" in node}
    datasets = {id(node): node for node in nodes if "Dataset" in _types(node) and len(node) > 2}
    yield from each(datasets.values(), lambda node: _stated(_Linked(node, by_identifier), source.address))


class _Page(HTMLParser):
    """The JSON-LD of a page, and its title."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.title = ""
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "script" and "ld+json" in (dict(attrs).get("type") or ""):
            self.scripts.append("")
            self._inside = "script"
        elif tag == "title":
            self._inside = "title"

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "script":
            self.scripts[-1] += data
        elif self._inside == "title":
            self.title += data


def _of_page(source: Opened) -> list[Any]:
    page, documents = _Page(), []
    page.feed(read_whole(source.path))
    for script in page.scripts:
        try:
            documents.append(json.loads(script))
        except (ValueError, RecursionError):
            continue
    if not any("Dataset" in _types(node) for document in documents for node in _nodes(document, 0)):
        title = " ".join(page.title.split())[:100] or "without a title"
        raise Unreadable(
            f"This is a web page ({title}), and it describes no dataset for machines. "
            "Give the address of the portal's API or of its catalogue file."
        )
    return documents


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    """Every object of the document, with short names for its keys."""
    if isinstance(value, dict) and depth < DEEPEST:
        node = {_PREFIX.sub("", key): inner for key, inner in value.items()}
        yield node
        for key, inner in node.items():
            if key not in {"@context", "distribution", "recordSet"}:
                yield from _nodes(inner, depth + 1)
    elif isinstance(value, list):
        for each in value:
            yield from _nodes(each, depth)


def _types(node: Node) -> set[str]:
    return {_PREFIX.sub("", plain(each)) for each in listed(node.get("@type"))}


class _Linked:
    """A node whose links to other nodes of the document are followed."""

    def __init__(self, node: Node, others: dict[str, Node]) -> None:
        self._node, self._others = node, others

    def all(self, name: str) -> list[Any]:
        """Every value of a property."""
        return [self._followed(each) for each in listed(self._node.get(name))]

    def get(self, name: str) -> Any:
        """The value of a property: one thing, a list of several, or None."""
        found = self.all(name)
        return found[0] if len(found) == 1 else found or None

    def _followed(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        node = {_PREFIX.sub("", key): inner for key, inner in value.items()}
        return self._others.get(str(node["@id"]), node) if node.keys() == {"@id"} else node


def _stated(node: _Linked, base: str) -> Stated:
    publisher = first(node.get("publisher"), node.get("creator"), node.get("sourceOrganization"), node.get("author"))
    period = node.get("temporalCoverage")
    return Stated(
        identifier=_identifier(node),
        title=first(node.get("name"), node.get("headline"), node.get("alternateName")),
        description=node.get("description"),
        publisher=publisher,
        publisher_website=first(publisher.get("url"), publisher.get("sameAs")) if isinstance(publisher, dict) else None,
        licence=[text for said in node.all("license") for text in _named(said)],
        themes=node.get("about"),
        keywords=[first(word.get("name"), word) if isinstance(word, dict) else word for word in node.all("keywords")],
        coverage=[
            first(place.get("name"), place.get("address")) if isinstance(place, dict) else place
            for place in node.all("spatialCoverage")
        ],
        bounds=[_box(place) for place in node.all("spatialCoverage")],
        period=period if not isinstance(period, dict) else None,
        start=period.get("startDate") if isinstance(period, dict) else None,
        end=period.get("endDate") if isinstance(period, dict) else None,
        frequency=node.get("repeatFrequency"),
        issued=first(node.get("datePublished"), node.get("dateCreated")),
        modified=node.get("dateModified"),
        landing_page=first(node.get("url"), node.get("mainEntityOfPage"), node.get("@id")),
        contact=_contact(publisher),
        language=node.get("inLanguage") if isinstance(node.get("inLanguage"), str) else None,
        base=base,
        resources=[_resource(file) for file in node.all("distribution") if isinstance(file, dict)],
    )


def _identifier(node: _Linked) -> Any:
    said = node.get("identifier")
    if isinstance(said, dict):
        said = first(said.get("value"), said.get("url"), said.get("@id"))
    anchor = plain(node.get("@id"))
    return first(said, "" if anchor.startswith("_:") else anchor, node.get("url"))


def _named(licence: Any) -> list[Any]:
    return [licence.get("name"), licence.get("url"), licence.get("@id")] if isinstance(licence, dict) else [licence]


def _contact(publisher: Any) -> list[Any]:
    if not isinstance(publisher, dict):
        return []
    point = publisher.get("contactPoint")
    point = point if isinstance(point, dict) else {}
    return [first(point.get("name"), point.get("contactType")), first(point.get("email"), publisher.get("email"))]


def _box(place: Any) -> Any:
    geometry = place.get("geo") if isinstance(place, dict) else None
    if not isinstance(geometry, dict):
        return None
    if geometry.get("box"):
        south, west, north, east = ([*re.split(r"[\s,]+", plain(geometry["box"]).strip()), "", "", "", ""])[:4]
        return f"{west},{south},{east},{north}"
    point = geometry.get("longitude"), geometry.get("latitude")
    return f"{point[0]},{point[1]},{point[0]},{point[1]}" if all(point) else None


def _resource(file: Node) -> dict[str, Any]:
    return {
        "url": first(file.get("contentUrl"), file.get("url")),
        "title": first(file.get("name"), file.get("description")),
        "format": plain(first(file.get("fileFormat"), file.get("encodingFormat"))),
        "media_type": plain(file.get("encodingFormat")),
        "bytes": file.get("contentSize"),
        "hash": file.get("sha256"),
    }
