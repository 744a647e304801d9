"""The files that browsers get: what came from elsewhere is declared, unchanged and licensed; what we wrote asks nobody else."""

import hashlib
import json
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "hackaviz" / "static"
MANIFEST = json.loads((STATIC / "vendor" / "manifest.json").read_text(encoding="utf-8"))
OURS = [STATIC / "hackaviz.css", STATIC / "icons.svg", STATIC / "mark.svg", *sorted((STATIC / "js").glob("*.js"))]
TEMPLATES = STATIC.parents[1] / "templates"


@pytest.mark.parametrize("entry", MANIFEST, ids=lambda entry: entry["file"])
def test_a_vendored_file_is_the_declared_one_and_has_its_licence(entry):
    assert hashlib.sha256((STATIC / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert (STATIC / entry["licence_file"]).stat().st_size > 200
    assert entry["name"] and entry["licence"] and entry["version"] in entry["source"]


def test_every_vendored_file_is_in_the_manifest():
    present = {path.relative_to(STATIC).as_posix() for folder in ("vendor", "fonts") for path in (STATIC / folder).iterdir()}
    declared = {entry[key] for entry in MANIFEST for key in ("file", "licence_file")}
    assert present == declared | {"vendor/manifest.json"}


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_our_files_ask_no_other_host(path):
    addresses = re.findall(r"https?://[^\s\"')]+", path.read_text(encoding="utf-8"))
    assert set(addresses) <= {"http://www.w3.org/2000/svg"}


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    named = {name for path in TEMPLATES.rglob("*.html") for name in re.findall(r"\bicon\('([\w-]+)'\)", path.read_text(encoding="utf-8"))}
    assert named <= drawn
    assert {f"pennant-{digit}" for digit in range(10)} <= drawn


def test_no_template_carries_an_inline_style_or_handler():
    found = [path.name for path in TEMPLATES.rglob("*.html") if re.search(r"\s(style|on[a-z]+)=[\"']", path.read_text(encoding="utf-8"))]
    assert found == []
