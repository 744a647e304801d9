"""The addresses in a style sheet, found by a tokeniser that follows the standard. Pure; runs confined."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import tinycss2

from submissions.viewer.copies.reference import Place, Reference

LONGEST = 4_000_000
NEW_LINE = re.compile(r"\r\n|[\r\n\f]")
QUOTED = re.compile(r"""(["'])((?:\\[\s\S]|(?!\1)[^\\])*)\1""")
BARE = re.compile(r"url\(\s*+([^)\s]*+)\s*\)", re.IGNORECASE)


def sheet_references(text: str) -> Iterator[Reference]:
    """What `@import`, `url()` and `image-set()` name."""
    if len(text) > LONGEST or ("url(" not in text.lower() and "@import" not in text.lower()):
        return
    lines = [0, *(found.end() for found in NEW_LINE.finditer(text))]
    for token in _loads(tinycss2.parse_component_value_list(text)):
        reference = _reference(token, lines[token.source_line - 1] + token.source_column - 1, text)
        if reference is not None:
            yield reference


def _loads(values: Iterable[Any]) -> Iterator[Any]:
    """Tokens that are addresses."""
    follows_import = False
    for value in values:
        if value.type == "url" or (value.type == "string" and follows_import):
            yield value
        elif value.type == "function" and value.lower_name in ("url", "image-set", "-webkit-image-set"):
            yield from (each for each in value.arguments if each.type in ("string", "url"))
        elif value.type in ("{} block", "[] block", "() block"):
            yield from _loads(value.content)
        elif value.type == "function":
            yield from _loads(value.arguments)
        if value.type not in ("whitespace", "comment"):
            follows_import = value.type == "at-keyword" and value.lower_value == "import"


def _reference(token: Any, offset: int, text: str) -> Reference | None:
    pattern, group = (BARE, 1) if token.type == "url" else (QUOTED, 2)
    found = pattern.match(text, offset)
    if found is None or "\\" in found[group]:
        return None
    return Reference(found.start(group), found.end(group), found[group], Place.SHEET)
