"""The documentation says what is there: settings, links, words on buttons."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from babel.messages.pofile import read_po

from hackaviz.settings import ROOT
from hackaviz.web.language import TRANSLATIONS

FOLDERS = ("docs", "hackaviz", "challenges", "submissions", "judging", "bench", "tests")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md"))])
LINK = re.compile(r"\]\(([^()\s]+)\)|(?:src|href)=\"([^\"]+)\"")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
SETTING = re.compile(r"HACKAVIZ_[A-Z_]+")
BUTTON = re.compile(r"\*\*([^*]+)\*\* \(\*([^*]+)\*\)")


def name_of(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def prose(document: Path) -> str:
    """The text without its code."""
    return CODE.sub("", document.read_text(encoding="utf-8"))


def anchors(document: Path) -> set[str]:
    """What `#…` can name: each title in small letters, with hyphens for its spaces and nothing else between words."""
    text = re.sub(r"```.*?```", "", document.read_text(encoding="utf-8"), flags=re.DOTALL)
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def local_links(document: Path) -> Iterator[str]:
    for markdown, html in LINK.findall(prose(document)):
        link = markdown or html
        if not re.match(r"[a-z]+:", link):
            yield unquote(link)


def is_broken(document: Path, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (document.parent / path).resolve() if path else document
    return not target.exists() or (bool(anchor) and anchor not in anchors(target))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_links_lead_somewhere(document):
    assert [link for link in local_links(document) if is_broken(document, link)] == []


def test_the_table_of_settings_is_complete_and_true():
    rows = re.findall(r"^\| `(HACKAVIZ_\w+)` \|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE)
    read = set(SETTING.findall((ROOT / "hackaviz" / "settings.py").read_text())) - {"HACKAVIZ_"}
    assert sorted(rows) == sorted(read)


def test_every_setting_that_a_document_names_exists():
    known = set(SETTING.findall((ROOT / "hackaviz" / "settings.py").read_text()))
    named = {setting for document in DOCUMENTS for setting in SETTING.findall(document.read_text())}
    assert named - known - {"HACKAVIZ_"} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_words_on_the_screen_are_quoted_as_they_are(document):
    with (TRANSLATIONS / "fr" / "LC_MESSAGES" / "messages.po").open("rb") as stream:
        french = read_po(stream, locale="fr")
    quoted = BUTTON.findall(prose(document))
    assert [english for english, words in quoted if english not in french or french[english].string != words] == []


def test_every_room_stands_in_the_picture_of_the_house():
    picture = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").split("```")[1]
    rooms = {
        path.parent.name
        for package in ("challenges", "submissions", "judging")
        for path in (ROOT / package).rglob("__init__.py")
    }
    # Parts of a room that are no rooms: its views, and one reader for each format.
    assert {room for room in rooms - {"views", "readers"} if f"{room}/" not in picture} == set()
