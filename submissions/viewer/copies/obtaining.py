"""Get what is at an address of a known host: from there, or from the libraries that are kept here."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from hackaviz.kernel.fetch.errors import AddressRefused, FetchError, HostUnknown, TooSlow, Unreachable
from hackaviz.kernel.fetch.fetching import Fetcher, FetchLimits
from submissions.intake.media_types import TEXT_TYPES, UNKNOWN, media_type
from submissions.viewer.copies.cdns import frozen_path, is_known
from submissions.viewer.copies.library import Kept, find_kept
from submissions.viewer.copies.reference import Reference

LIMITS = FetchLimits(bytes=20 << 20, seconds=20, redirects=5)
# Hosts of fonts choose what they send by it: one that names no browser gets none of the small formats.
AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Hackaviz/1.0"
NO_ANSWER = (HostUnknown, Unreachable, TooSlow, AddressRefused)
SAME_TYPES = {"application/javascript": "text/javascript", "application/x-javascript": "text/javascript"}


class NotCopied(Exception):
    """An address could not be copied; `code` is that of a FetchError."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Copied:
    """A copy: the address, the one that answered, its path in the work, and where it is on disk.

    `kept` tells of a library of ours that stands in; data stays as it is, whatever addresses are in it.
    """

    url: str
    answered: str
    path: str
    disk: Path
    media_type: str
    kept: Kept | None = None
    references: list[Reference] = field(default_factory=list)
    is_data: bool = False


@dataclass
class Obtainer:
    """Fetches into a folder. A host that did not answer is not asked again for the same work."""

    folder: Path
    fetcher: Fetcher
    silent: set[str] = field(default_factory=set)

    @classmethod
    def into(cls, folder: Path) -> "Obtainer":
        """The usual one: known hosts only, redirections included."""
        return cls(folder, Fetcher(agent=AGENT, limits=LIMITS, may_visit=is_known))

    def obtain(self, url: str) -> Copied:
        """A copy of what is at an address. Raises NotCopied."""
        kept = find_kept(url)
        if kept is not None and kept.is_exact:
            return self._from_library(url, kept)
        try:
            return self._from_host(url)
        except FetchError as error:
            if kept is not None:
                return self._from_library(url, kept)
            raise NotCopied(error.code) from error

    def _from_host(self, url: str) -> Copied:
        host, disk = urlsplit(url).hostname or "", self._new_file()
        if host in self.silent:
            raise Unreachable(host)
        try:
            with disk.open("wb") as file:
                fetched = self.fetcher.fetch(url, file)
        except NO_ANSWER:
            self.silent.add(host)
            raise
        kind = _type_of(fetched.url, fetched.media_type)
        return Copied(url, fetched.url, frozen_path(url, kind), disk, kind)

    def _from_library(self, url: str, kept: Kept) -> Copied:
        disk = self._new_file()
        disk.write_bytes(kept.content)
        kind = f"{kept.media_type}; charset=utf-8" if kept.media_type.startswith("text/") else kept.media_type
        return Copied(url, url, frozen_path(url, kind), disk, kind, kept)

    def _new_file(self) -> Path:
        return self.folder / f"copy-{len(list(self.folder.iterdir()))}"


def _type_of(url: str, stated: str) -> str:
    """The type under which the copy is served: as its host says, when that is one that we know."""
    plain = stated.partition(";")[0].strip().lower()
    plain = SAME_TYPES.get(plain, plain)
    if plain in TEXT_TYPES.values():
        return f"{plain}; charset=utf-8"
    named = media_type(urlsplit(url).path, lambda: [b""])
    return named if named != UNKNOWN else plain or UNKNOWN
