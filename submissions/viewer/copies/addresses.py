"""Which addresses are copied in: those of known hosts, and files of this installation's own catalogue. Pure."""

import re
from pathlib import PurePosixPath
from urllib.parse import SplitResult, urlsplit

from submissions.viewer.copies.cdns import FROZEN, UNSAFE, known_address

# The address of a download, as the pages of the catalogue give it.
FILE = re.compile(r"/catalogue/([\w-]+)/files/(\d{1,9})/?", re.ASCII)
# Where the end of a name decides how a chart reads the file.
READ_BY_NAME = ("csv", "tsv", "json", "geojson", "topojson")
USUAL_PORTS = (None, 80, 443)


def loaded_address(url: str, base_url: str) -> str | None:
    """The whole address of what may be copied in: of our own catalogue, or of a known host; None for all others."""
    return own_address(url, base_url) or known_address(url)


def own_address(url: str, base_url: str) -> str | None:
    """The one spelling of the address of a file of the catalogue; None for all else.

    With http or https, a query or a fragment it is the same file. Whether there is such a file is not asked here.
    """
    try:
        asked, base = urlsplit(f"https:{url}" if url.startswith("//") else url), urlsplit(base_url)
        is_ours = asked.scheme in ("http", "https") and _host(asked) == _host(base)
    except ValueError:
        return None
    found = FILE.fullmatch(asked.path) if is_ours else None
    return f"{base_url}/catalogue/{found[1]}/files/{int(found[2])}" if found else None


def _host(parts: SplitResult) -> tuple[str | None, int | None]:
    return parts.hostname, None if parts.port in USUAL_PORTS else parts.port


def own_path(address: str, *, file_name: str, data_format: str) -> str:
    """Where the copy stands in the work: under its own name, whose end says what a chart will read."""
    parts = urlsplit(address)
    name = PurePosixPath(UNSAFE.sub("_", file_name) or "data")
    ends = (f".{data_format}", ".json") if "json" in data_format else (f".{data_format}",)
    if data_format in READ_BY_NAME and name.suffix.lower() not in ends:
        name = name.with_suffix(ends[0])
    return f"{FROZEN}/{parts.hostname}{parts.path}/{name}"
