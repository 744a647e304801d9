"""Where the addresses of the site stand in an archive. Pure."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlsplit

ASSETS, IMAGES, DATA, LIVE, DOCUMENTS = "assets", "images", "data", "live", "documents"
STATIC = "/static/"
# What the head of an archived page calls the same page in the other language.
LANGUAGE_LINKS = {"/archive/fr": "fr", "/archive/en": "en"}


@dataclass(frozen=True)
class Names:
    """The names of an edition's addresses. `known` are files by their address: live works, files of datasets."""

    edition: str
    base_url: str
    content_url: str
    entries: frozenset[str] = frozenset()
    datasets: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()
    known: Mapping[str, str] = field(default_factory=dict)

    def page(self, address: str) -> str | None:
        """The file of a page within the folder of its language; None for one that is not archived."""
        parts = urlsplit(address.removeprefix(self.base_url))
        if parts.netloc or parts.scheme:
            return None
        home = f"/editions/{self.edition}"
        asked = [f"-{value}" for name, value in parse_qsl(parts.query) if name in ("page", "publication")]
        if parts.path in ("/", home):
            return "index.html"
        if f"{parts.path}{'?' + parts.query if asked else ''}" not in self.pages:
            return self._entry_or_dataset(parts.path)
        return f"{parts.path.removeprefix(home + '/')}{''.join(asked) if asked != ['-1'] else ''}.html"

    def _entry_or_dataset(self, path: str) -> str | None:
        room, _slash, name = path.strip("/").partition("/")
        if room == "entries" and name in self.entries:
            return f"works/{name}.html"
        return f"data/{name}.html" if room == "catalogue" and name in self.datasets else None

    def file(self, address: str) -> str | None:
        """The file of what a page loads or offers to download, from the top of the archive; None for anything else."""
        parts = urlsplit(address.removeprefix(self.base_url))
        if parts.netloc or parts.path in self.known:
            return self.known.get(parts.path if not parts.netloc else address)
        if parts.path.startswith(STATIC):
            return f"{ASSETS}/{parts.path.removeprefix(STATIC)}"
        folders = parts.path.strip("/").split("/")
        return f"{IMAGES}/{'-'.join(folders[1:])}" if folders[0] == "previews" else None

    def link(self, address: str, start: str, language: str) -> str | None:
        """How the page at `start` (from the top) names an address; other sites stay, what is missing is None."""
        if urlsplit(address).netloc and not address.startswith((self.base_url, self.content_url)):
            return address
        fragment = urlsplit(address).fragment
        page = start.partition("/")[2] if address in LANGUAGE_LINKS else self.page(address)
        language = LANGUAGE_LINKS.get(address, language)
        target = f"{language}/{page}" if page is not None else self.file(address)
        if target is None:
            return None
        relative = posixpath.relpath(f"/{target}", posixpath.dirname(f"/{start}"))
        return quote(relative, safe="/@+~!$&'()*,;=:.-_") + (f"#{fragment}" if fragment and page else "")
