"""Read the texts of a work: which addresses they load, and which they only name. Runs confined: JSON in, JSON out."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from submissions.viewer.copies.addresses import loaded_address
from submissions.viewer.copies.cdns import HOSTS
from submissions.viewer.copies.pages import base_of, import_map, page_references, warming_links
from submissions.viewer.copies.reference import Place, Reference
from submissions.viewer.copies.rooted import IN_QUOTES, TOP, is_rooted
from submissions.viewer.copies.scripts import script_references
from submissions.viewer.copies.sheets import sheet_references
from submissions.viewer.copies.stand_ins import counts_on_more, first_script

LARGEST = 24_000_000
MOST_ADDRESSES = 500
ADDRESS = re.compile(r"https?://[^\s\"'`<>\\)\]}]+")
# JSON may write a slash as two characters.
JSON_ADDRESS = re.compile(r'"(?:url|src|source|geojson)"\s*:\s*"((?:https?:)?(?:\\?/){2}(?:[^"\\]|\\/)+)"')
KNOWN = re.compile("|".join(re.escape(host) for host in HOSTS))
MODULE = re.compile(r"\b(?:import|export)\b")
READ = ("text/html", "text/css", "text/javascript", "application/json", "application/geo+json", "text/markdown")


def is_read(media_type: str, size: int) -> bool:
    """Whether a file may load or name anything, and is short enough to be read."""
    return media_type.partition(";")[0] in READ and size <= LARGEST


def scan_texts(texts: list[list[str]], nested: bool, base_url: str = "") -> dict[str, dict[str, Any]]:
    """What each text, [path on disk, media type], refers to, by path on disk.

    Of a work itself: what leads to known hosts or to the catalogue of the installation at `base_url`, and every
    import. `nested`, of a library: every import and address.
    """
    return {path: _scan(Path(path), media_type, base_url, nested=nested) for path, media_type in texts}


def _scan(path: Path, media_type: str, base_url: str, *, nested: bool) -> dict[str, Any]:
    text, kind = read_text(path.read_bytes()), media_type.partition(";")[0]
    try:
        found = list(_references(text, kind, _names_a_host(text, base_url), nested=nested))
    except RecursionError:
        found = []
    is_page = kind == "text/html"
    return {
        "references": [each.as_data() for each in found if nested or _concerns_us(each, base_url)],
        "warming": list(warming_links(text)) if is_page else [],
        "imports": import_map(text) if is_page else {},
        "base": base_of(text) if is_page else "",
        "first_script": first_script(text) if is_page else None,
        "counts_on_more": (is_page or kind == "text/javascript") and counts_on_more(text),
        "addresses": [] if nested else sorted(set(ADDRESS.findall(text.replace("\\/", "/"))))[:MOST_ADDRESSES],
    }


def read_text(content: bytes) -> str:
    """One character for each byte, so that nothing but the words of an address changes, whatever the character set.

    Texts in UTF-16 say so in their first two bytes, and are left alone.
    """
    return "" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else content.decode("latin-1")


def _names_a_host(text: str, base_url: str) -> bool:
    """Whether a text may lead to a host whose files are copied in."""
    own = urlsplit(base_url).hostname
    return KNOWN.search(text) is not None or (own is not None and own in text)


def _references(text: str, kind: str, names_a_host: bool, *, nested: bool) -> Iterator[Reference]:
    if nested and kind == "text/javascript":
        yield from script_references(text, only_imports=True) if MODULE.search(text) else ()
    elif kind == "text/css":
        yield from sheet_references(text)
    elif kind == "text/html":
        yield from page_references(text)
    elif kind == "text/javascript" and (names_a_host or IN_QUOTES.search(text) or "import" in text):
        yield from script_references(text, only_imports=not names_a_host and not IN_QUOTES.search(text))
    elif "json" in kind and names_a_host:
        for hit in JSON_ADDRESS.finditer(text):
            yield Reference(hit.start(1), hit.end(1), hit[1].replace("\\/", "/"), Place.STRING)


def _concerns_us(reference: Reference, base_url: str) -> bool:
    is_own = reference.place is Place.MODULE or reference.url == TOP or is_rooted(reference.url)
    return is_own or loaded_address(reference.url, base_url) is not None
