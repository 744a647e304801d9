"""Every word of the site is said in French, and as French is printed. CONTRIBUTING.md tells how to add some."""

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from hackaviz.settings import ROOT
from hackaviz.web.language import TRANSLATIONS

KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None}
IGNORED_FOLDERS = (".*", "instance", "node_modules")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
# A colon that belongs to an address is not punctuation.
ADDRESS = re.compile(r"https?://")
MISPRINT = re.compile(r"[^\u00a0\u202f:;?!][:;?!»%€]|«[^\u00a0\u202f]|\w'\w|\.\.\.")


def wanted_folder(path: str) -> bool:
    return not any(fnmatch(Path(path).name, pattern) for pattern in IGNORED_FOLDERS)


def words_of_the_site() -> Catalog:
    """What `pybabel extract` finds, with the project's own mapping."""
    with (TRANSLATIONS / "babel.cfg").open() as mapping:
        methods, options = parse_mapping_cfg(mapping)
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, directory_filter=wanted_folder)
    catalog = Catalog()
    for path, line, words, _, context in found:
        catalog.add(words, locations=[(path, line)], context=context)
    return catalog


@cache
def french() -> Catalog:
    with (TRANSLATIONS / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as stream:
        return read_po(stream, locale="fr")


def messages() -> Iterator[Message]:
    return (message for message in french() if message.id)


def forms(words: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """One form, or singular and plural."""
    return (words,) if isinstance(words, str) else tuple(words)


def place(message: Message) -> str:
    return f"{message.locations[0][0]}: {message.id!r}" if message.locations else repr(message.id)


def misprints(words: str) -> list[str]:
    return MISPRINT.findall(ADDRESS.sub("", PLACEHOLDER.sub("x", words).replace("%%", "%")))


def test_the_french_catalogue_has_every_string_of_the_site_and_keeps_none_that_is_gone():
    said = words_of_the_site()
    assert [place(message) for message in said if message.id and message.id not in french()] == []
    assert [place(message) for message in messages() if message.id not in said] == []
    assert list(french().obsolete) == []


def test_every_string_is_translated_in_all_its_forms():
    unfinished = [place(message) for message in messages() if message.fuzzy or not all(forms(message.string))]
    assert unfinished == []


def test_both_languages_fill_in_the_same_placeholders():
    unequal = [
        place(message)
        for message in messages()
        for source, translated in zip(forms(message.id), forms(message.string), strict=True)
        if set(PLACEHOLDER.findall(source)) != set(PLACEHOLDER.findall(translated))
    ]
    assert unequal == []


def test_french_is_printed_with_its_own_spaces_and_apostrophes():
    wrong = [place(message) for message in messages() if any(map(misprints, forms(message.string)))]
    assert wrong == []


@pytest.mark.parametrize(
    ("words", "how_many"),
    [
        ("Prêt ?", 1),
        ("Prêt?", 1),
        ("Prêt\u00a0?", 0),
        ("« Le port »", 2),
        ("«\u00a0Le port\u00a0»", 0),
        ("%(share)s %%", 1),
        ("l'édition…", 1),
        ("Elle commence par https:// ou http://.", 0),
    ],
)
def test_a_misprint_is_seen(words, how_many):
    assert len(misprints(words)) == how_many
