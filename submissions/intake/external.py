"""The other hosts that a file would load something from. Links to read are not loads, nor are XML namespaces.

Patterns over the text, not a browser: what a script puts together while it runs is not seen.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from submissions.intake.markup import Tag, tags

URL = r"(?:(?:https?|wss?):)?//[^\s\"'`<>\\)]++"
ADDRESS = re.compile(r"//[^\s\"'`<>\\)]++")
SCHEMES = ("https:", "http:", "wss:", "ws:")
QUOTES = ('"', "'", "`")
BEFORE_ADDRESS = (*QUOTES, "(", " ", "\t", "\n")
LOADABLE = re.compile(
    r"\.(?:m?js|css|json|geojson|topojson|csv|tsv|xml|pbf|mvt|pmtiles|parquet|arrow|wasm|png|jpe?g|webp|gif|avif|svg"
    r"|woff2?|ttf|otf|mp4|webm|mp3)(?:[?#]|$)|\{[xyz]\}"
)
CSS_LOADER = re.compile(r"(?:url\(\s*|@import\s+)[\"']?$", re.IGNORECASE)
JS_STRING = re.compile(rf"[\"'`]({URL})")
JS_LOADER = re.compile(
    r"(?:(?:\b(?:fetch|import|importScripts|Worker|EventSource|WebSocket|URL|Request|tileLayer|sendBeacon)"
    r"|\.(?:csv|tsv|dsv|json|xml|text|image|html|svg|blob|buffer|get|getJSON|ajax|load))\s*\(\s*"
    r"|\bopen\(\s*[\"']\w+[\"']\s*,\s*|\b(?:import|from)\s*|\.src\s*=\s*)$"
)
JS_LINK = re.compile(r"(?:href\s*=\s*\\?|xmlns(?::\w+)?\s*=\s*\\?)$")
JSON_LOAD = re.compile(rf'"(source|src|sprite|glyphs|tiles|style|topojsonURL|url)"\s*:\s*\[?\s*"({URL})')
PLACEHOLDERS = re.compile(r"^(?:\$?\{\w+\}\.)+")
LOOK_BACK = 60

LOADED_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}
LOADED_ATTRIBUTES = ("src", "poster", "background")
HREF_LOADERS = ("base", "image", "use", "feimage", "script")


def external_hosts(path: str, text: str) -> set[str]:
    """The hosts that the file of this name and text loads from; nothing for kinds of file that load nothing."""
    reader = READERS.get(PurePosixPath(path).suffix.lower())
    return {host for url in set(reader(text)) if (host := _host(url))} if reader else set()


def loads_something(path: str) -> bool:
    """Whether a file of this name may load others, so that its text is worth reading."""
    return PurePosixPath(path).suffix.lower() in READERS


def _host(url: str) -> str | None:
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("", "http", "https", "ws", "wss") or not host:
        return None
    # Maps write {s} for the servers that share their work: the host is what they have in common.
    host = PLACEHOLDERS.sub("", host)
    return host if re.fullmatch(r"[\w.:-]+", host) else None


def _page_urls(page: str) -> Iterator[str]:
    for tag in tags(page):
        if "=" in tag.raw_attributes:
            yield from _tag_urls(tag)
        if tag.name == "style":
            yield from _css_urls(tag.content)
        elif tag.name == "script":
            yield from _embedded_script_urls(tag)


def _tag_urls(tag: Tag) -> Iterator[str]:
    attributes = tag.attributes
    for name in LOADED_ATTRIBUTES:
        yield attributes.get(name, "")
    yield from _srcset(attributes.get("srcset", "") or attributes.get("imagesrcset", ""))
    if tag.name == "object":
        yield attributes.get("data", "")
    if tag.name in HREF_LOADERS or LOADED_LINKS & set(attributes.get("rel", "").lower().split()):
        yield attributes.get("href", "") or attributes.get("xlink:href", "")
    yield from _css_urls(attributes.get("style", ""))
    if "srcdoc" in attributes:
        yield from _page_urls(attributes["srcdoc"])


def _srcset(value: str) -> Iterator[str]:
    for candidate in value.split(","):
        yield candidate.strip().partition(" ")[0]


def _embedded_script_urls(tag: Tag) -> Iterator[str]:
    kind = tag.attributes.get("type", "").lower()
    if kind == "importmap":
        yield from JS_STRING.findall(tag.content)
    elif kind == "application/json":
        yield from _json_urls(tag.content)
    elif "ld+json" not in kind:
        yield from _script_urls(tag.content)


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    """Where an address of another host starts, and what it is. Found by its two slashes: longer patterns are slow."""
    for found in ADDRESS.finditer(text):
        position = found.start()
        scheme = ""
        if text.endswith(":", 0, position):
            scheme = next((each for each in SCHEMES if text.endswith(each, 0, position)), "")
        yield position - len(scheme), scheme + found[0]


def _css_urls(sheet: str) -> Iterator[str]:
    for start, url in _addresses(sheet):
        if CSS_LOADER.search(sheet[max(0, start - LOOK_BACK) : start]):
            yield url


def _script_urls(script: str) -> Iterator[str]:
    """Strings given to a function that loads, those that name a file one loads rather than reads, and style sheets."""
    found: set[str] = set()
    for start, url in _addresses(script):
        if url in found or not script.endswith(BEFORE_ADDRESS, 0, start):
            continue
        before = script[max(0, start - LOOK_BACK) : start]
        if _is_loaded(before, url) or CSS_LOADER.search(before):
            found.add(url)
    yield from found


def _is_loaded(before: str, url: str) -> bool:
    if not before.endswith(QUOTES):
        return False
    call = before[:-1]
    return bool(JS_LOADER.search(call) or (LOADABLE.search(url) and not JS_LINK.search(call)))


def _json_urls(document: str) -> Iterator[str]:
    for key, url in JSON_LOAD.findall(document):
        if key != "url" or LOADABLE.search(url):
            yield url


READERS: dict[str, Callable[[str], Iterator[str]]] = {
    ".html": _page_urls,
    ".htm": _page_urls,
    ".svg": _page_urls,
    ".css": _css_urls,
    ".js": _script_urls,
    ".mjs": _script_urls,
    ".json": _json_urls,
}
