"""Addresses from the top of a host, `/assets/app.js`: a site that was made for a host of its own names its files so.

Works are shown below an address that changes, by an origin that is nobody's, so that nothing tells the server which
work such a request is for. Their texts are therefore written anew, with addresses relative to where they stand. Pure.
"""

import posixpath
import re
import unicodedata
from collections.abc import Collection
from urllib.parse import unquote

from submissions.viewer.copies.reference import Reference

# Where a script or page may hold such an address in quotes.
IN_QUOTES = re.compile(r"""["'`(]/[\w.%~-]""")
PATH = re.compile(r"/[^/?#\s][^?#\s]*")
LINKS = ("a", "area", "base", "iframe", "embed")
TOP = "/"


def is_rooted(url: str) -> bool:
    """Whether an address names a file from the top of its host."""
    return PATH.match(url) is not None


def rooted_target(url: str, files: Collection[str], page: str) -> str | None:
    """The file or folder of the work that such an address means, where there is one. `page` is what opens first.

    The address has one character for each byte, as it stands in a text.
    """
    if url == TOP:
        return posixpath.join(posixpath.dirname(page), "")
    found = PATH.match(url)
    if found is None:
        return None
    asked = unicodedata.normalize("NFC", unquote(_in_utf8(found[0]))).lstrip("/")
    for folder in dict.fromkeys((posixpath.dirname(page), "")):
        path = posixpath.join(folder, asked)
        if path in files:
            return path
        if asked.endswith("/") and any(file.startswith(path) for file in files):
            return path
        if f"{path}/index.html" in files:
            return f"{path}/"
    return None


def _in_utf8(url: str) -> str:
    try:
        return url.encode("latin-1").decode()
    except UnicodeError:
        # A page in another character set, or an accent that was written as an entity.
        return url


def path_alone(reference: Reference) -> Reference:
    """The same reference without its query and fragment, which stay as they are written."""
    found = PATH.match(reference.url)
    if found is None or reference.end - reference.start != len(reference.url):
        return reference
    return Reference(reference.start, reference.start + found.end(), found[0], reference.place, reference.drops)
