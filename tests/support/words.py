"""The words of the pages in a reader's language, from the catalogue of translations itself."""

from functools import cache

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from hackaviz.settings import ROOT

CATALOGUE = ROOT / "hackaviz/translations/fr/LC_MESSAGES/messages.po"


@cache
def french() -> Catalog:
    """Every French text by its English one."""
    with CATALOGUE.open("rb") as source:
        return read_po(source, locale="fr")


class Words:
    """Says in one language what the source says in English."""

    def __init__(self, language: str) -> None:
        self.language = language

    def say(self, english: str, **values: object) -> str:
        """A text as the page shows it. Raises KeyError for one that no page has."""
        if english not in french():
            raise KeyError(english)
        text = english if self.language == "en" else french()[english].string
        return text % values if values else text

    def count(self, number: int, singular: str) -> str:
        """A counted thing, without its number: “pledge not fully paid” or “pledges not fully paid”."""
        message = french()[singular]
        forms = message.id if self.language == "en" else message.string
        if isinstance(forms, str):
            return forms
        is_one = number == 1 or (self.language == "fr" and number == 0)
        return forms[0 if is_one else 1]

    def strays(self, text: str) -> list[str]:
        """Whole English sentences of ours in what should be a French page."""
        if self.language == "en":
            return []
        return [english for english in _sentences() if english in text]


@cache
def _sentences() -> list[str]:
    """English texts of three words or more that read otherwise in French."""
    return [
        message.id
        for message in french()
        if isinstance(message.id, str) and message.id.count(" ") >= 2 and "%(" not in message.id
        and message.string != message.id
    ]  # fmt: skip
