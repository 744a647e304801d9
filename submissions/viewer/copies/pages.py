"""The addresses in an HTML page, its scripts and its styles. Pure; runs confined.

Only the words of an address are replaced, so that every other byte of the page stays what its authors wrote.
"""

import html
import json
import re
from collections.abc import Iterator

from submissions.intake.markup import ATTRIBUTE, Tag, tags
from submissions.viewer.copies.reference import Place, Reference
from submissions.viewer.copies.rooted import IN_QUOTES, LINKS, TOP, is_rooted
from submissions.viewer.copies.scripts import script_references
from submissions.viewer.copies.sheets import sheet_references

LOADED_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "prefetch",
    "manifest",
    "apple-touch-icon",
    "shortcut",
}
WARMING_LINKS = {"preconnect", "dns-prefetch", "prerender"}
SOURCES = ("src", "poster", "data-src", "background")
HREF_LOADERS = ("image", "use", "feimage", "script")
SCRIPTS = ("", "module", "text/javascript", "application/javascript", "text/babel", "text/ecmascript")
DROPPED_WITH = ("integrity", "crossorigin")
LOADS = re.compile(r"//|\\/\\/|import")
END_OF_ADDRESS = r"(?=&quot;|&#|[\"'\s)])"
JSON_STRING = re.compile(r'"((?:\\.|[^"\\])*)"')


def page_references(page: str) -> Iterator[Reference]:
    """Every address that the page itself loads."""
    for tag in tags(page):
        yield from _attributes(tag)
        yield from _embedded(tag)


def warming_links(page: str) -> Iterator[tuple[int, int]]:
    """Tags that only open connections beforehand: they would tell another host who looks."""
    for tag in tags(page):
        if tag.name == "link" and WARMING_LINKS & set(tag.attributes.get("rel", "").lower().split()):
            yield tag.start, tag.end


def import_map(page: str) -> dict[str, str]:
    """What the page's import map says of names: addresses or paths, as written."""
    found: dict[str, str] = {}
    for tag in tags(page):
        if tag.name == "script" and _kind(tag) == "importmap":
            found |= _imports(tag.content)
    return found


def base_of(page: str) -> str:
    """What the page's addresses are relative to, when it says so; "" otherwise."""
    return next((tag.attributes["href"] for tag in tags(page) if tag.name == "base" and "href" in tag.attributes), "")


def _imports(content: str) -> dict[str, str]:
    try:
        imports = json.loads(content).get("imports", {})
    except (ValueError, AttributeError, RecursionError):
        return {}
    pairs = imports.items() if isinstance(imports, dict) else ()
    return {name: url for name, url in pairs if isinstance(url, str)}


def _attributes(tag: Tag) -> Iterator[Reference]:
    begins = tag.start + 1 + len(tag.name)
    drops = tuple(
        (begins + found.start(), begins + found.end())
        for found in ATTRIBUTE.finditer(tag.raw_attributes)
        if found[1].lower() in DROPPED_WITH
    )
    for found in ATTRIBUTE.finditer(tag.raw_attributes):
        name, value = found[1].lower(), found[2] or ""
        quoted = value[:1] in ('"', "'")
        start = begins + found.start(2) + quoted
        words = value[1:-1] if quoted else value
        if not words:
            continue
        if name == "srcdoc":
            yield from _framed(words, start)
        elif name == "style":
            yield from (each.moved(start, Place.ATTRIBUTE) for each in sheet_references(words))
        elif name in ("srcset", "imagesrcset"):
            yield from _srcset(words, start)
        elif _is_loaded(tag, name) or _leads_to_the_top(tag, name, words):
            yield Reference(start, start + len(words), html.unescape(words).strip(), Place.ATTRIBUTE, drops)


def _leads_to_the_top(tag: Tag, name: str, words: str) -> bool:
    return tag.name in LINKS and name in ("href", "src") and (words == TOP or is_rooted(words))


def _framed(words: str, start: int) -> Iterator[Reference]:
    """A page within an attribute, as notebooks frame their outputs: its addresses stand there, escaped once more."""
    urls = dict.fromkeys(html.escape(each.url) for each in page_references(html.unescape(words)) if "//" in each.url)
    for url in urls:
        for found in re.finditer(re.escape(url) + END_OF_ADDRESS, words):
            yield Reference(start + found.start(), start + found.end(), html.unescape(url), Place.ATTRIBUTE)


def _is_loaded(tag: Tag, name: str) -> bool:
    if tag.name in ("iframe", "embed", "a", "area", "base", "form"):
        return False
    if tag.name == "link":
        return name == "href" and bool(LOADED_LINKS & set(tag.attributes.get("rel", "").lower().split()))
    return name in SOURCES or (name in ("href", "xlink:href") and tag.name in HREF_LOADERS)


def _srcset(words: str, start: int) -> Iterator[Reference]:
    for candidate in re.finditer(r"[^\s,](?:[^\s,]|,(?=\S))*+(?:\s+[\d.]+[wx])?", words):
        url = candidate[0].split()[0]
        begins = start + candidate.start()
        yield Reference(begins, begins + len(url), html.unescape(url), Place.ATTRIBUTE)


def _embedded(tag: Tag) -> Iterator[Reference]:
    begins = tag.end - len(tag.content)
    if not tag.content:
        return
    if tag.name == "style":
        yield from (each.moved(begins) for each in sheet_references(tag.content))
    elif tag.name == "script" and _kind(tag) == "importmap":
        for found in JSON_STRING.finditer(tag.content):
            yield Reference(begins + found.start(1), begins + found.end(1), found[1], Place.MAP)
    elif (
        tag.name == "script" and _kind(tag) in SCRIPTS and (LOADS.search(tag.content) or IN_QUOTES.search(tag.content))
    ):
        yield from (each.moved(begins) for each in script_references(tag.content))


def _kind(tag: Tag) -> str:
    return tag.attributes.get("type", "").strip().lower()
