"""Taking texts out of whatever JSON and RDF put around them."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from challenges.catalogue.rules import is_web_address
from hackaviz.kernel.unseen import without_unseen

NAMED_BY = ("@value", "value", "name", "title", "label", "prefLabel", "fn", "display_name", "@id", "id", "url")
LONGEST_ADDRESS = 2_000
_LANGUAGES = {
    "fre": "fr",
    "fra": "fr",
    "french": "fr",
    "francais": "fr",
    "français": "fr",
    "eng": "en",
    "english": "en",
}
_BETWEEN_WORDS = re.compile(r"[,;\n]")
_PLAIN_ADDRESS = re.compile(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:[/?#][^\s]*)?")
_SIZE = re.compile(r"\s*(\d{1,15})(?:\.\d*)?\s*(?:b|bytes|octets)?\s*", re.IGNORECASE)


def listed(value: Any) -> list[Any]:
    """A list of what may be a list, one thing, or nothing."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def plain(value: Any) -> str:
    """The text of a value: itself, its first member, or what names it; "" where there is none."""
    if isinstance(value, str):
        return without_unseen(value).strip()
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, list | tuple):
        return next((found for found in map(plain, value) if found), "")
    if isinstance(value, dict):
        return next((found for name in NAMED_BY if (found := plain(value.get(name)))), "")
    return str(value)


def line(value: Any, longest: int) -> str:
    """The text of a value on one line, cut at a whole word where it is too long."""
    text = " ".join(plain(value).split())
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + "…"


def first(*values: Any) -> Any:
    """The first value that says something."""
    for value in values:
        if value is not None and value not in ("", [], {}):
            return value
    return None


def words(value: Any) -> list[str]:
    """Every text of a value, each once; texts joined by commas or semicolons are taken apart."""
    found = (" ".join(part.split()) for each in listed(value) for part in _BETWEEN_WORDS.split(plain(each)))
    return list(dict.fromkeys(filter(None, found)))


def language_code(value: Any) -> str:
    """fr, en, … of "fr-FR", "fra", "http://…/language/FRA"; "" where it says none."""
    text = plain(value)
    if not text:
        return ""
    last = re.split(r"[/#]", text.lower().rstrip("/"))[-1]
    code = re.split(r"[-_]", last)[0]
    known = _LANGUAGES.get(code, code)
    return known if re.fullmatch(r"[a-z]{2}", known) else ""


def texts_of(value: Any, language: str = "") -> dict[str, str]:
    """Language → text. Understands plain texts, JSON-LD values, language maps and lists of these."""
    found: dict[str, str] = {}
    for code, text in _spoken(value, language):
        if text and code not in found:
            found[code] = text
    return found


def _spoken(value: Any, language: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list | tuple):
        for each in value:
            yield from _spoken(each, language)
    elif isinstance(value, dict) and "@value" in value:
        yield language_code(value.get("@language")) or language, plain(value["@value"])
    elif isinstance(value, dict) and value and all(language_code(key) for key in value):
        for key, text in value.items():
            yield language_code(key), plain(text)
    else:
        yield language, plain(value)


def address(value: Any, base: str = "") -> str:
    """A web address that may be shown, completed from `base`; "" for anything else, scripts above all."""
    text = plain(value)
    if not text or len(text) > LONGEST_ADDRESS:
        return ""
    text = text.replace(" ", "%20")
    # Both kinds of pages could use such a link; today's servers answer in the safe way.
    text = f"https:{text}" if text.startswith("//") and not base else text
    try:
        whole = urljoin(base, text) if base else text
    except ValueError:
        return ""
    # Most are plain, and need not be taken apart.
    is_shown = _PLAIN_ADDRESS.fullmatch(whole) or is_web_address(whole)
    return whole if is_shown and len(whole) <= LONGEST_ADDRESS else ""


def is_true(value: Any) -> bool:
    """Whether a value says yes, as JSON does or in words."""
    return value is True or value == 1 or plain(value).lower() in {"true", "yes", "1"}


def whole_number(value: Any) -> int | None:
    """A size in bytes; None where it makes no sense."""
    match = _SIZE.fullmatch(plain(value))
    return int(match.group(1)) if match else None


def sha256_of(text: str) -> str | None:
    """A stated digest, where it is one of SHA-256."""
    digest = text.lower().removeprefix("sha256:").removeprefix("sha-256:")
    return digest if re.fullmatch(r"[0-9a-f]{64}", digest) else None
