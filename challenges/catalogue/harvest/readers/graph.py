"""A graph of RDF in memory, from Turtle, N3, RDF/XML or JSON-LD. Nothing is ever fetched to understand it."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from challenges.catalogue.harvest.contexts import with_own_contexts
from challenges.catalogue.harvest.opening import Opened, read_whole
from challenges.catalogue.harvest.record import Unreadable

# What relative names in a file without an address start from: a host that cannot exist.
NOWHERE = "https://relative.invalid/"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
MOST_STATEMENTS = 5_000_000
Node = NamedNode | BlankNode
_DECLARED_ENCODING = re.compile(r"^(\s*<\?xml\b[^>]*?)\s+encoding\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_NUMBER = re.compile("[0-9]+")


class Graph:
    """Statements by subject and property. Values come in one order, whatever the order of the file."""

    def __init__(self, statements: Iterator[Quad]) -> None:
        self._values: dict[Any, Any] = defaultdict(lambda: defaultdict(dict))
        for number, quad in enumerate(statements):
            if number > MOST_STATEMENTS:
                raise Unreadable(f"There are more than {MOST_STATEMENTS} statements in one file. Import it in pages.")
            self._values[quad.subject][quad.predicate.value][quad.object] = None

    def of_type(self, *types: str) -> list[Node]:
        """The subjects of these types, in the order of their names."""
        wanted = {NamedNode(name) for name in types}
        return sorted((node for node, values in self._values.items() if wanted & values[TYPE].keys()), key=_place)

    def values(self, node: Any, *properties: str) -> list[Any]:
        """The values of the first of these properties that has any: literals and nodes, sorted."""
        stated = self._values.get(node, {})
        for name in properties:
            if stated.get(name):
                return sorted(stated[name], key=_place)
        return []

    def holds(self, node: Any) -> bool:
        """Whether anything is said of a node."""
        return node in self._values


def _place(value: Any) -> str:
    # Blank nodes have a new name each time: they stay in the order of the file. The tenth file comes after the second.
    if isinstance(value, BlankNode):
        return ""
    return _NUMBER.sub(lambda digits: digits[0].zfill(12), str(value)) if isinstance(value, NamedNode) else str(value)


def spoken(value: Any) -> Any:
    """A value as JSON-LD would have it: {"@value", "@language"} of a literal, the address of a node."""
    if isinstance(value, Literal):
        return {"@value": value.value, "@language": value.language or ""}
    if isinstance(value, NamedNode):
        return value.value.removeprefix(NOWHERE)
    return ""


def open_graph(source: Opened) -> Graph:
    """The graph of a file. Raises Unreadable where it does not parse, or asks for things from elsewhere."""
    text = read_whole(source.path)
    start = text.lstrip()[:1]
    if start in {"{", "["} and not text.lstrip().startswith("[]"):
        return _parsed(with_own_contexts(text), [RdfFormat.JSON_LD], source)
    if start == "<" and re.match(r"\s*<(?:\?xml|!|[\w.-]+:?[\w.-]*[\s>])", text):
        _refuse_declarations(source.path)
        # The text is decoded by now, whatever encoding it declares; the parser takes one alone.
        return _parsed(_DECLARED_ENCODING.sub(r"\1", text), [RdfFormat.RDF_XML], source)
    return _parsed(text, [RdfFormat.TURTLE, RdfFormat.N3, RdfFormat.TRIG], source)


def _parsed(text: str, formats: list[RdfFormat], source: Opened) -> Graph:
    faults = []
    for each in formats:
        try:
            # Lenient: portals write addresses with spaces and accents.
            return Graph(parse(text, format=each, base_iri=source.address or NOWHERE, lenient=True))
        except (SyntaxError, ValueError) as error:
            faults.append(str(error)[:200])
    raise Unreadable(f"The RDF does not parse: {faults[0]}. Nothing was imported. Fetch the file again.")


def _refuse_declarations(path: Path) -> None:
    """Raise Unreadable for XML that declares types or entities, or breaks off, before anything else reads it."""
    try:
        for _event, element in iterparse(str(path), forbid_dtd=True):
            element.clear()
    except DefusedXmlException as error:
        raise Unreadable(
            "This XML declares a document type or entities, which are never read. "
            "Ask the portal for it without, or for another format."
        ) from error
    except ParseError as error:
        raise Unreadable(f"The XML is cut short or broken ({error}). Nothing was imported. Fetch it again.") from error
