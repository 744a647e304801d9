"""The address of the page after this one, for catalogues that are fetched page by page."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from defusedxml.ElementTree import iterparse

from challenges.catalogue.harvest.opening import Opened, Outline, json_items, outline, start_of
from challenges.catalogue.harvest.readers.graph import open_graph, spoken
from challenges.catalogue.harvest.values import address, plain

HYDRA = "http://www.w3.org/ns/hydra/core#"


def next_page(source: Opened, found: str) -> str:
    """The next address, "" at the end. A page that names itself as the next is the end."""
    following = _PAGERS.get(found, lambda _source: "")(source)
    whole = address(urljoin(source.address, following)) if following else ""
    return "" if whole == source.address else whole


def _of_udata(source: Opened) -> str:
    return plain(next(json_items(source.path, "next_page"), "")) if _is_object(source) else ""


def _of_ckan(source: Opened) -> str:
    """package_search says how many there are, and takes `start`."""
    if not _is_object(source):
        return ""
    total = _number(source, "result.count")
    return _further(source, "start", sum(1 for _each in json_items(source.path, "result.results.item")), total)


def _of_ods(source: Opened) -> str:
    if not _is_object(source):
        return ""
    found = outline(source.path)
    place = "datasets.item" if found.holds_records("datasets.item") else "results.item"
    count = sum(1 for _each in json_items(source.path, place))
    if "nhits" in found.top:
        return _further(source, "start", count, _number(source, "nhits"))
    return _linked(source, found) or _further(source, "offset", count, _number(source, "total_count"))


def _linked(source: Opened, found: Outline) -> str:
    links = json_items(source.path, "links.item") if "links" in found.top else iter(())
    return next((plain(link.get("href")) for link in links if isinstance(link, dict) and link.get("rel") == "next"), "")


def _of_socrata(source: Opened) -> str:
    """The answer says how many there are, and takes `offset`."""
    count = sum(1 for _each in json_items(source.path, "results.item"))
    return _further(source, "offset", count, _number(source, "resultSetSize"))


def _of_graph(source: Opened) -> str:
    graph = open_graph(source)
    types = ("PagedCollection", "PartialCollectionView", "Collection", "View")
    for page in graph.of_type(*(f"{HYDRA}{name}" for name in types)):
        for following in graph.values(page, f"{HYDRA}next", f"{HYDRA}nextPage"):
            return plain(spoken(following))
    return ""


def _of_csw(source: Opened) -> str:
    """The answer counts from 1 and says which record comes next, 0 at the end."""
    for _event, element in iterparse(str(source.path), events=("start",), forbid_dtd=True):
        if isinstance(element.tag, str) and element.tag.endswith("}SearchResults"):
            following = element.get("nextRecord", "0")
            return _with(source.address, "startPosition", following) if following not in {"", "0"} else ""
    return ""


_PAGERS = {
    "udata": _of_udata,
    "ckan": _of_ckan,
    "ods": _of_ods,
    "dcat": _of_graph,
    "csw": _of_csw,
    "socrata": _of_socrata,
}


def _is_object(source: Opened) -> bool:
    return start_of(source.path, 1) == "{"


def _number(source: Opened, prefix: str) -> int:
    value = plain(next(json_items(source.path, prefix), ""))
    return int(value) if re.fullmatch(r"\d{1,9}", value) else 0


def _further(source: Opened, name: str, count: int, total: int) -> str:
    asked = dict(parse_qsl(urlsplit(source.address).query)).get(name, "0")
    after = (int(asked) if asked.isdigit() else 0) + count
    return _with(source.address, name, str(after)) if count and after < total else ""


def _with(url: str, name: str, value: str) -> str:
    parts = urlsplit(url)
    kept = [(key, each) for key, each in parse_qsl(parts.query, keep_blank_values=True) if key.lower() != name.lower()]
    return urlunsplit(parts._replace(query=urlencode([*kept, (name, value)])))
