"""An archive opened from a disk in a real browser without network: pages, works with their data and modules."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from challenges.editions.rules import Phase
from hackaviz.kernel.storage import open_storage
from tests.factories import hand_in, make_challenge, make_edition, make_entry, make_team
from tests.support.uploads import image_bytes, zip_bytes
from tests.support.works import send_work

MODULES = {
    "site/index.html": '<!doctype html><html lang="en"><head><title>Modules</title>'
    '<link rel="stylesheet" href="look.css" crossorigin></head><body><p id="out">waiting</p>'
    '<script type="module" crossorigin src="js/main.mjs"></script></body></html>',
    "site/look.css": "#out { color: rgb(1, 2, 3) }",
    "site/js/main.mjs": 'import { read } from "./read.js";\nconst late = await import("./late.js");\n'
    'document.querySelector("#out").textContent = (await read()) + late.mark;',
    "site/js/late.js": 'export const mark = "!";',
    "site/js/read.js": 'export const read = async () => (await (await fetch(new URL("../data/ports été.json", '
    "import.meta.url))).json()).port;",
    "site/data/ports été.json": '{"port": "Sète"}',
}
CLASSIC = {
    "index.html": '<html><title>Classic</title><p id="out">waiting</p><script src="app.js"></script></html>',
    "app.js": 'const ask = new XMLHttpRequest(); ask.open("GET", "data/quais.csv"); '
    'ask.onload = () => { document.querySelector("#out").textContent = ask.responseText.split("\\n")[1]; }; '
    "ask.send();",
    "data/quais.csv": "quai;rang\nJoliette;1\n",
}
BEACON = b"""<!doctype html><html><title>Beacon</title><p id=out>waiting</p><img src="http://127.0.0.1:9/from-the-archive">
<script>fetch("http://127.0.0.1:9/from-the-archive").catch(refused);
function refused() { document.querySelector("#out").textContent = "refused"; }</script></html>"""
FIGURE = b'{"data": [{"type": "bar", "x": ["Fos"], "y": [3]}], "layout": {"title": {"text": "Ports"}}}'
WORKS = {
    "modules.zip": zip_bytes(MODULES),
    "classic.zip": zip_bytes(CLASSIC),
    "beacon.html": BEACON,
    "figure.json": FIGURE,
    "poster.png": image_bytes("PNG"),
    "accents.html": "<html><title>x</title><p id=out>Département</p></html>".encode("windows-1252"),
}


@pytest.fixture
def archive(session, live_site, tmp_path) -> dict[str, Path]:
    """The page of each work in an archive, by the name of its file."""
    challenge = make_challenge(session, make_edition(session, Phase.RESULTS, datetime.now(UTC), slug="smart-port"))
    entries, storage = {}, open_storage(live_site.storage_url)
    for name, content in WORKS.items():
        entry = make_entry(session, make_team(session, challenge.edition), challenge)
        hand_in(session, entry, send_work(session, storage, entry, name, content))
        entries[name] = entry.public_id
    session.commit()
    live_site.flask("edition", "archive", "smart-port", str(tmp_path / "archive"))
    return {name: tmp_path / "archive" / "en" / "works" / f"{entry}.html" for name, entry in entries.items()}


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """Somebody with a folder and no network."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_every_work_opens_from_a_disk_without_network(archive, reader):
    answered = []
    reader.on("response", lambda answer: answered.append(answer.url))

    def shown(name: str):
        reader.goto(archive[name].as_uri())
        return reader.frame_locator(".viewer iframe")

    assert shown("modules.zip").locator("#out:has-text('Sète!')").inner_text() == "Sète!"
    assert shown("modules.zip").locator("#out").evaluate("element => getComputedStyle(element).color") == "rgb(1, 2, 3)"
    assert shown("classic.zip").locator("#out:has-text('Joliette')").inner_text() == "Joliette;1"
    assert shown("beacon.html").locator("#out:has-text('refused')").inner_text() == "refused"
    assert shown("accents.html").locator("#out").inner_text() == "Département"
    shown("figure.json").locator(".main-svg").first.wait_for()
    image = shown("poster.png").locator("img")
    assert image.evaluate("element => element.decode().then(() => element.naturalWidth)") > 0
    assert [url for url in answered if url.startswith("http")] == []


def test_the_pages_lead_from_one_to_another_in_both_languages(archive, reader):
    start = archive["poster.png"].parents[2] / "index.html"
    reader.goto(start.as_uri())
    reader.get_by_role("button", name="Enter in English").click()
    reader.get_by_role("navigation", name="Main navigation").get_by_role("link", name="Works").click()
    assert reader.locator(".work").count() == len(WORKS)
    reader.locator(".work a").first.click()
    reader.locator("a[hreflang=fr]").click()
    assert reader.locator("html").get_attribute("lang") == "fr"
    assert reader.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Encode Sans\"'))")
    assert reader.locator("header svg use").first.evaluate("use => use.getBoundingClientRect().width") > 0
