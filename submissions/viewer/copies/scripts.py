"""The addresses in a JavaScript text, told from comments and from mere words by a real parser. Pure; runs confined."""

from collections.abc import Iterator
from functools import cache

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser, Query, QueryCursor

from submissions.viewer.copies.reference import Place, Reference
from submissions.viewer.copies.rooted import is_rooted

# A longer script is data in disguise; its tree would fill the memory.
LONGEST = 12_000_000
SOURCES = ("import_statement", "export_statement")
NOT_LOADED = ("href", "homepage", "xmlns")


def script_references(text: str, *, only_imports: bool = False) -> Iterator[Reference]:
    """Strings that are addresses: sources of imports, and, unless told otherwise, any string that is a whole address.

    `text` has one character for each byte, so that offsets are those of bytes.
    """
    if len(text) > LONGEST:
        return
    content = text.encode("latin-1")
    tree = _parser().parse(content)
    strings = QueryCursor(_strings()).captures(tree.root_node).get("string", [])
    for node in strings:
        found = _reference(node, content, only_imports=only_imports)
        if found is not None:
            yield found


def _reference(node: Node, content: bytes, *, only_imports: bool) -> Reference | None:
    start, end = node.start_byte + 1, node.end_byte - 1
    if (filled := content.find(b"${", start, end)) >= 0:
        # What is filled in while the script runs nobody knows; the folder before it may be one of the work.
        end = content.rfind(b"/", start, filled) + 1
    url = content[start:end].decode("latin-1").replace("\\/", "/")
    place = _place(node, content)
    if "\\" in url or (filled >= 0 and not is_rooted(url)):
        return None
    if place is Place.STRING and (only_imports or ("//" not in url[:8] and not is_rooted(url))):
        return None
    if place is Place.STRING and _is_a_link(node, content):
        return None
    return Reference(start, end, url, place)


def _place(node: Node, content: bytes) -> Place:
    parent = node.parent
    if parent is None:
        return Place.STRING
    if parent.type in SOURCES:
        return Place.MODULE
    called = parent.parent if parent.type == "arguments" else None
    return Place.MODULE if called is not None and _loads_beside(called, content) else Place.STRING


def _loads_beside(called: Node, content: bytes) -> bool:
    """import(…), importScripts(…) and new URL(…, import.meta.url) are relative to the script itself."""
    words = content[called.start_byte : called.end_byte]
    if called.type == "call_expression":
        return words.startswith((b"import(", b"import (", b"importScripts("))
    return called.type == "new_expression" and words.startswith(b"new URL(") and b"import.meta" in words


def _is_a_link(node: Node, content: bytes) -> bool:
    """An address that readers follow, not one that the script loads."""
    parent = node.parent
    key = parent.child_by_field_name("key" if parent and parent.type == "pair" else "left") if parent else None
    if key is None:
        return False
    name = content[key.start_byte : key.end_byte].decode("latin-1").strip("'\"").rpartition(".")[2]
    return name in NOT_LOADED


@cache
def _language() -> Language:
    return Language(tree_sitter_javascript.language())


def _parser() -> Parser:
    return Parser(_language())


@cache
def _strings() -> Query:
    return Query(_language(), "(string) @string (template_string) @string")
