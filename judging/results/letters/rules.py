"""Who gets which letter, and what may stand in one. Pure."""

import re
from collections.abc import Mapping
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from hackaviz.kernel.errors import Invalid

WORD = re.compile(r"\{(\w+)\}")
WORDS = ("name", "team", "work", "prize", "edition", "results", "page", "contact", "organiser")


class Addressees(StrEnum):
    """Those who won a prize, and everybody else who handed in."""

    WINNERS = "winners"
    OTHERS = "others"


def check_words(text: str, addressees: Addressees, field: str) -> None:
    """Raise Invalid when a text asks for a word that its readers do not have."""
    known = {word for word in WORDS if word != "prize" or addressees is Addressees.WINNERS}
    unknown = sorted(set(WORD.findall(text)) - known)
    if unknown:
        raise Invalid(_l("{%(word)s} means nothing in this letter.", word=unknown[0]), field=field)


def filled(text: str, words: Mapping[str, str]) -> str:
    """A text with each {word} in its place, once: what stands in a word is never read again."""
    return WORD.sub(lambda found: words.get(found[1], found[0]), text)
