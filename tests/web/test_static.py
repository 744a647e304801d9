"""The files that browsers get: what came from elsewhere is declared and unchanged, what we wrote asks nobody else."""

import hashlib
import json
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "hackaviz" / "static"
MANIFEST = json.loads((STATIC / "vendor" / "manifest.json").read_text(encoding="utf-8"))
OURS = [STATIC / "hackaviz.css", STATIC / "icons.svg", STATIC / "mark.svg", *sorted((STATIC / "js").glob("*.js"))]
TEMPLATES = STATIC.parents[1] / "templates"
PAGES = {str(path.relative_to(TEMPLATES)): path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")}


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_a_vendored_file_is_the_declared_one_and_has_its_licence(entry):
    assert hashlib.sha256((STATIC / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert (STATIC / entry["licence_file"]).stat().st_size > 200
    assert entry["name"]
    assert entry["licence"]
    assert entry["version"] in entry["source"]


def test_every_vendored_file_is_in_the_manifest():
    paths = [*(STATIC / "vendor").iterdir(), *(STATIC / "fonts").iterdir()]
    present = {path.relative_to(STATIC).as_posix() for path in paths}
    declared = {entry[key] for entry in MANIFEST for key in ("file", "licence_file")}
    assert present == declared | {"vendor/manifest.json"}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_files_ask_no_other_host(path):
    addresses = re.findall(r"https?://[^\s\"')]+", path.read_text(encoding="utf-8"))
    assert set(addresses) <= {"http://www.w3.org/2000/svg"}


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    named = {name for page in PAGES.values() for name in re.findall(r"\bicon\('([\w-]+)'\)", page)}
    assert named <= drawn
    assert {f"pennant-{digit}" for digit in range(10)} <= drawn


def test_no_template_carries_an_inline_style_or_handler():
    inline = re.compile(r"<[a-z][^<>{}]*\s(style|on[a-z]+)=")
    assert [name for name, page in PAGES.items() if inline.search(page)] == []


def test_no_paragraph_of_a_template_holds_a_form_which_would_end_it():
    paragraph = re.compile(r"<p(?: [^>]*)?>(?:(?!</p>).)*?(?:post_button\(|<form)", re.DOTALL)
    assert [name for name, page in PAGES.items() if paragraph.search(page)] == []
