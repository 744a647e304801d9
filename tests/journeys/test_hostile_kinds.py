"""Hostile drawings, charts and notebooks in a real browser: they are drawn, and reach nothing but their own files."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from challenges.editions.rules import Phase
from hackaviz.kernel.storage import open_storage
from submissions.intake.rendering.page import render_notebook
from tests.factories import hand_in, make_challenge, make_edition, make_entry, make_team
from tests.journeys.test_hostile_entry import Listener
from tests.support.uploads import VEGA_LITE, json_bytes, notebook, zip_bytes
from tests.support.works import send_work

DATA = {"data/ports.csv": b"port,calls\nFos,28\n"}


def calls(away: str) -> str:
    """A script that tries to reach another site in several ways, and says that it ran."""
    ways = f"fetch('{away}').catch(() => 0); new Image().src = '{away}'; navigator.sendBeacon('{away}')"
    return f"<script>{ways}; window.ran = true</script>"


def drawing(away: str) -> bytes:
    inside = f'<image href="{away}/a.png"/><rect width="99" height="99"/>{calls(away)}'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99">{inside}</svg>'.encode()


def chart(away: str, *layers: dict[str, object]) -> bytes:
    """A chart with data of its own, whose options ask for another loader, and with further layers."""
    options = {"ast": False, "loader": {"baseURL": away}, "patch": away}
    document = {**VEGA_LITE, "data": {"url": "data/ports.csv"}, "usermeta": {"embedOptions": options}}
    if layers:
        del document["mark"]
        document["layer"] = [{"mark": "bar"}, *layers]
    return zip_bytes({"chart.json": json_bytes(document), **DATA})


def rendered(folder: Path, away: str) -> bytes:
    """The page of a notebook with an output that calls away."""
    output = {"text/html": f"{calls(away)}<b>an output</b>"}
    source, target = folder / "work.ipynb", folder / "page.html"
    source.write_text(json.dumps(notebook({"output_type": "display_data", "metadata": {}, "data": output})))
    render_notebook(str(source), str(target))
    return target.read_bytes()


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener().listening() as listener:
        yield listener


@pytest.fixture
def show(session, live_site, browser):
    """Opens a work at its address on the content host, for itself."""
    context = browser.new_context(base_url=live_site.url)
    page = context.new_page()

    def show(name: str, content: bytes):
        challenge = make_challenge(session, make_edition(session, Phase.RESULTS, datetime.now(UTC)))
        entry = make_entry(session, make_team(session, challenge.edition), challenge)
        hand_in(session, entry, send_work(session, open_storage(live_site.storage_url), entry, name, content))
        session.commit()
        page.goto(f"/entries/{entry.public_id}")
        page.goto(page.locator("[data-viewer]").get_attribute("data-live"))
        return page

    yield show
    context.close()


def test_what_is_drawn_reaches_no_other_site(show, listener, live_site, tmp_path):
    away = f"{listener.url}/from-the-entry"

    page = show("drawing.svg", drawing(away))
    page.wait_for_selector("#drawing.alone iframe")
    assert page.frames[-1].evaluate("() => [window.ran, self.origin]") == [True, "null"]

    page = show("chart.zip", chart(away))
    page.wait_for_selector(".vega-embed .marks")

    elsewhere = {"mark": "point", "data": {"url": f"{away}.csv"}}
    image = {"mark": "image", "encoding": {"url": {"value": f"{away}.png"}}}
    expression = {"mark": "bar", "transform": [{"calculate": f"event.view.top.location = '{away}'", "as": "x"}]}
    for layer in (elsewhere, image, expression):
        page = show("chart.zip", chart(away, layer))
        page.wait_for_selector("#chart p, .vega-embed .marks")
        assert page.url.startswith(live_site.content_url)

    page = show("page.html", rendered(tmp_path, away))
    page.frame_locator("iframe.live").locator("b", has_text="an output").wait_for()
    assert page.frames[-1].evaluate("() => [window.ran, self.origin]") == [True, "null"]
    assert page.evaluate("() => window.ran") is None
    page.wait_for_timeout(500)
    assert listener.calls == []
