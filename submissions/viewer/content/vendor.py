"""Our own files on the content host: the look of the pages around single files, and the libraries that draw charts.

plotly.js comes whole from the Python package of the same release, so that every kind of trace is drawn.
"""

import gzip
import hashlib
import zipfile
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as Answer

from hackaviz.settings import ROOT
from hackaviz.web.access import audience

blueprint = Blueprint("vendor", __name__)
OWN = ROOT / "hackaviz" / "static" / "content"
LIBRARIES = ROOT / "hackaviz" / "static" / "vendor"
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
}
PLOTLY, VEGA = "plotly.min.js", "vega.min.js"
OWN_FILES = ("work.css", "plot.js", "vega.js", "svg.js", "notebook.js", "closer.js")
COASTS = LIBRARIES / "plotly-topojson.zip"
DAY_SECONDS = 86_400


@dataclass(frozen=True)
class VendoredFile:
    """A file in memory, packed too: plotly.js has five million bytes and packs to a third."""

    plain: bytes
    packed: bytes
    etag: str


@blueprint.get("/vendor/<name>")
@audience("public")
def file(name: str) -> Answer:
    """One of our files."""
    if name not in _names():
        abort(404)
    found = _load(name)
    packs = "gzip" in request.accept_encodings
    response = Response(found.packed if packs else found.plain, content_type=TYPES[Path(name).suffix])
    response.headers["Cache-Control"] = f"public, max-age={DAY_SECONDS}"
    response.vary.add("Accept-Encoding")
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    response.set_etag(found.etag, weak=True)
    return response.make_conditional(request)


@cache
def _load(name: str) -> VendoredFile:
    plain = _content(name)
    return VendoredFile(plain, gzip.compress(plain, 6), hashlib.sha256(plain).hexdigest())


@cache
def _names() -> frozenset[str]:
    with zipfile.ZipFile(COASTS) as coasts:
        return frozenset([PLOTLY, VEGA, *OWN_FILES, *coasts.namelist()])


def _content(name: str) -> bytes:
    if name == PLOTLY:
        return _plotly().read_bytes()
    if name == VEGA:
        return (LIBRARIES / VEGA).read_bytes()
    if name in OWN_FILES:
        return (OWN / name).read_bytes()
    with zipfile.ZipFile(COASTS) as coasts:
        return coasts.read(name)


def _plotly() -> Path:
    spec = find_spec("plotly")
    assert spec is not None and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], "package_data", PLOTLY)
