"""Well-known hosts of libraries and fonts: what they serve may be copied in; nothing else is fetched for a work."""

import hashlib
import posixpath
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

FROZEN = "_frozen"
PACKAGES = ("cdn.jsdelivr.net", "fastly.jsdelivr.net", "unpkg.com", "esm.sh", "cdn.skypack.dev", "esm.run", "jspm.dev")
LIBRARIES = ("cdnjs.cloudflare.com", "ajax.googleapis.com", "ajax.aspnetcdn.com")
BOOTSTRAP = ("maxcdn.bootstrapcdn.com", "stackpath.bootstrapcdn.com", "netdna.bootstrapcdn.com")
OTHERS = (
    "code.jquery.com",
    "d3js.org",
    "cdn.plot.ly",
    "cdn.datatables.net",
    "fonts.googleapis.com",
    "fonts.gstatic.com",
    "fonts.bunny.net",
    "use.fontawesome.com",
    "kit.fontawesome.com",
    "rawgit.com",
    "cdn.rawgit.com",
    "rawcdn.githack.com",
    "cdn.observableusercontent.com",
    "ga.jspm.io",
    "api.observablehq.com",
    "static.observableusercontent.com",
    "cdn.bokeh.org",
    "cdn.pydata.org",
    "code.highcharts.com",
    "cdn.amcharts.com",
    "threejs.org",
    "polyfill.io",
    "cdn.polyfill.io",
)
HOSTS = frozenset((*PACKAGES, *LIBRARIES, *BOOTSTRAP, *OTHERS))
# polyfill.io was sold and served harm: what it sent is not worth keeping.
NEVER = frozenset(("polyfill.io", "cdn.polyfill.io"))

NPM = re.compile(r"/(?:npm/|v\d+/|stable/|pin/)*((?:@[^/@]+/)?[^/@?]+)(?:@([^/?]+))?(?:/(.*))?")
SHELF = re.compile(r"/(?:ajax/)?libs/([^/]+)/([^/]+)/(.+)")
BOOTSTRAP_PATH = re.compile(r"/(bootstrap)/([^/]+)/(.+)")
D3JS = re.compile(r"/((?:d3|topojson)[\w-]*)(?:\.v(\d+))?(?:\.min)?\.js")
JQUERY = re.compile(r"/(jquery)-(\d[\w.]*?)(?:\.slim)?(?:\.min)?\.js")
PLOTLY = re.compile(r"/(plotly)(?:-basic|-cartesian)?-(\d[\w.]*?)(?:\.min)?\.js")
NAMES = {
    "d3js": "d3",
    "twitter-bootstrap": "bootstrap",
    "plotly": "plotly.js",
    "popper": "popper.js",
    "lodash.js": "lodash",
}
SUFFIXES = {"text/javascript": (".js", ".mjs"), "text/css": (".css",), "application/json": (".json", ".geojson")}
UNSAFE = re.compile(r"[^\w.@+/~-]", re.ASCII)


def is_known(host: str) -> bool:
    """Whether a host serves libraries to everybody."""
    return host.lower().rstrip(".") in HOSTS - NEVER


def known_address(url: str) -> str | None:
    """The whole address when it is one of a known host, with a path to something; None for all others."""
    whole = f"https:{url}" if url.startswith("//") else url
    try:
        parts = urlsplit(whole)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not is_known(host) or parts.path in ("", "/"):
        return None
    return whole.partition("#")[0]


@dataclass(frozen=True)
class Release:
    """A file of a release of a library, as an address names it; `version` is as asked, "" for the newest."""

    name: str
    version: str
    file: str
    is_module: bool


def release_of(url: str) -> Release | None:
    """Which release an address of a known host asks for; None where that cannot be read from it."""
    parts = urlsplit(url)
    host, path = parts.hostname or "", unquote(parts.path)
    found = _pattern(host).fullmatch(path) if "/gh/" not in path and "/combine/" not in path else None
    if found is None:
        return None
    name, version, *rest = found.groups()
    file = (rest[0] or "") if rest else ""
    name = re.sub(r"^plotly\.js(-\w+)*$", "plotly.js", NAMES.get(name.lower(), name.lower()))
    is_module = host in ("esm.sh", "cdn.skypack.dev", "esm.run") or "+esm" in path or "module" in parts.query
    file = "" if file == "+esm" else file
    return Release(name, version or "", file, is_module or file.endswith(".mjs"))


def _pattern(host: str) -> re.Pattern[str]:
    if host in LIBRARIES:
        return SHELF
    if host in BOOTSTRAP:
        return BOOTSTRAP_PATH
    return {"d3js.org": D3JS, "code.jquery.com": JQUERY, "cdn.plot.ly": PLOTLY}.get(host, NPM)


def frozen_path(url: str, media_type: str) -> str:
    """Where a copy stands in the work: the address as a path, with an end that says what it is."""
    parts = urlsplit(url)
    plain = posixpath.normpath(f"/{UNSAFE.sub('_', unquote(parts.path))}").strip("/") or "index"
    path = PurePosixPath(plain)
    wanted = SUFFIXES.get(media_type.partition(";")[0], (path.suffix,))
    mark = f"-{hashlib.sha256(url.encode()).hexdigest()[:8]}" if parts.query or len(plain) > 200 else ""
    known = path.suffix in wanted
    stem = plain.removesuffix(path.suffix)[-200:] if known else plain[-200:]
    return f"{FROZEN}/{parts.hostname}/{stem.lstrip('/')}{mark}{path.suffix if known else wanted[0]}"
