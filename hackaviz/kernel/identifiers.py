"""Identifiers that cannot be guessed, and readable slugs."""

import hashlib
import re
import secrets
import unicodedata
from functools import lru_cache

PUBLIC_ID_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
PUBLIC_ID_LENGTH = 14
# No combining mark stands before U+0300: texts are mostly skipped, which makes folding several times as fast.
_BEYOND_LATIN = re.compile("[^\x00-\u02ff]+")
# They join letters and emoji: two names that differ in them alone look the same.
_JOINERS = "\u200c\u200d\ufe0f"
# The marks of Latin, Greek and Cyrillic letters, which need no look at each.
_MARKS = re.compile("[\u0300-\u036f]+")


def new_public_id() -> str:
    """A random identifier of 14 unambiguous characters (69 bits), safe to read aloud and to put in an address."""
    return "".join(secrets.choice(PUBLIC_ID_ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


def new_token() -> str:
    """A secret for a single-use link; store `token_digest` of it, never itself."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """SHA-256 of a token in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def fold(text: str) -> str:
    """Lower case without accents, for search and comparison: "Énergie" and "energie" fold alike."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return _BEYOND_LATIN.sub(_without_marks, _MARKS.sub("", decomposed)).casefold()


def _without_marks(match: re.Match[str]) -> str:
    return "".join(letter for letter in match.group() if not unicodedata.combining(letter) and letter not in _JOINERS)


# The same names come again and again: columns of tables, publishers of thousands of datasets.
@lru_cache(maxsize=4_096)
def slugify(text: str, *, longest: int = 60) -> str:
    """A readable part of an address: ASCII letters, digits and hyphens; may be empty."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:longest].rstrip("-")
