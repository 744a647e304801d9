"""Whether the datasets that a team declares are found in its files and addresses, and which are there undeclared."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

# Names that anybody gives: they prove nothing.
COMMON_NAMES = frozenset(
    ("data.csv", "data.json", "dataset.csv", "data.geojson", "export.csv", "index.html", "data.xlsx")
)


@dataclass(frozen=True)
class Source:
    """A file of a dataset, as the catalogue knows it."""

    url: str = ""
    file_name: str = ""
    sha256: str = ""


@dataclass(frozen=True)
class Contents:
    """What a work holds: the names and hashes of its files, and the addresses in its texts."""

    names: frozenset[str]
    hashes: frozenset[str]
    urls: frozenset[str]

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts of its addresses."""
        return frozenset(host for url in self.urls if (host := urlsplit(url).hostname))


def contents_of(files: Iterable[tuple[str, str]], urls: Collection[str]) -> Contents:
    """From (path, SHA-256) of files and the addresses in texts."""
    pairs = list(files)
    names = frozenset(PurePosixPath(path).name.lower() for path, _sha256 in pairs)
    return Contents(names - COMMON_NAMES, frozenset(sha256 for _path, sha256 in pairs), frozenset(urls))


def is_found(source: Source, contents: Contents) -> bool:
    """Whether a work visibly uses this file: the same bytes, its name, its address, or any address of its host."""
    return is_certain(source, contents) or bool(
        _names(source) & contents.names or (source.url and urlsplit(source.url).hostname in contents.hosts)
    )


def is_certain(source: Source, contents: Contents) -> bool:
    """Whether there is no doubt: the same bytes, or the very address."""
    return (bool(source.sha256) and source.sha256 in contents.hashes) or (
        bool(source.url) and source.url in contents.urls
    )


def _names(source: Source) -> set[str]:
    names = (source.file_name, PurePosixPath(unquote(urlsplit(source.url).path)).name)
    return {name.lower() for name in names if name and "." in name} - COMMON_NAMES
