"""The whole catalogue in a syntax of RDF, a batch at a time: nothing is held but a batch."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from pyoxigraph import RdfFormat, Triple, parse, serialize

from challenges.catalogue.publish.dcat import PREFIXES, Node

BATCH = 200


def json_ld(nodes: Iterable[Node]) -> Iterator[str]:
    """One node a line, under one context."""
    yield f'{{"@context": {json.dumps(PREFIXES)}, "@graph": ['
    separator = "\n"
    for node in nodes:
        yield separator + json.dumps(node, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def turtle(nodes: Iterable[Node]) -> Iterator[str]:
    """Turtle; the prefixes stand before each batch, as they may."""
    for batch in _batches(nodes):
        yield _serialised(batch, RdfFormat.TURTLE)


def rdf_xml(nodes: Iterable[Node]) -> Iterator[str]:
    """RDF/XML: the batches under one root."""
    end = "</rdf:RDF>"
    for number, batch in enumerate(_batches(nodes)):
        start, body = _divided(_serialised(batch, RdfFormat.RDF_XML).rpartition(end)[0])
        yield start + body if number == 0 else body
    yield f"{end}\n"


def _divided(text: str) -> tuple[str, str]:
    root = text.index(">", text.index("<rdf:RDF")) + 1
    return text[:root], text[root:]


def _batches(nodes: Iterable[Node]) -> Iterator[list[Node]]:
    every = iter(nodes)
    while batch := list(islice(every, BATCH)):
        yield batch


def _serialised(batch: list[Node], syntax: RdfFormat) -> str:
    document = "".join(json_ld(batch))
    triples = (Triple(quad.subject, quad.predicate, quad.object) for quad in parse(document, format=RdfFormat.JSON_LD))
    return (serialize(triples, format=syntax, prefixes=PREFIXES) or b"").decode()


SYNTAXES: dict[str, tuple[str, Callable[[Iterable[Node]], Iterator[str]]]] = {
    "jsonld": ("application/ld+json", json_ld),
    "ttl": ("text/turtle", turtle),
    "rdf": ("application/rdf+xml", rdf_xml),
}


def document(syntax: str, catalogue: Node, datasets: Iterable[Node]) -> Iterator[str]:
    """The catalogue and its datasets, in pieces."""
    return SYNTAXES[syntax][1](chain([catalogue], datasets))
