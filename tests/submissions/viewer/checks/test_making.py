"""Checks as the job process makes them: works really loaded, with the network cut."""

from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.fetch.fetching import Fetcher
from hackaviz.kernel.jobs import transactions
from hackaviz.web.database import sessions
from submissions.viewer import browser
from submissions.viewer.checks.findings import Code
from submissions.viewer.checks.making import Checker
from submissions.viewer.checks.models import CheckState, WorkCheck
from submissions.viewer.checks.report import report_of
from submissions.viewer.checks.service import LEASE, ask_for_check, claim_due
from submissions.viewer.copies.cdns import is_known
from submissions.viewer.copies.making import CopyMaker
from submissions.viewer.copies.models import CopyState, ShownCopy
from submissions.viewer.copies.obtaining import Obtainer
from submissions.viewer.copies.service import ask_for_copy
from submissions.viewer.models import Preview, PreviewState
from submissions.viewer.previews import Studio
from submissions.viewer.service import ask_for_preview
from tests.support.uploads import zip_bytes

D3_SITE = {
    "My folder/index.html": """<!doctype html><html lang="fr"><title>Ports</title>
<style>body { color: #999; background: #fff } h1 { color: #000 }</style>
<body><h1>Ports du département</h1><svg width="1100" height="700"></svg><p>A pale line of text</p>
<script src="https://cdn.jsdelivr.net/npm/d3@7.8.2/dist/d3.min.js"></script>
<script type="module">
import * as d3m from "https://cdn.jsdelivr.net/npm/d3@7/+esm";
import * as Plot from "https://esm.sh/@observablehq/plot@0.6";
const rows = await d3.csv("données.csv");
d3m.select("svg").selectAll("rect").data(rows).join("rect")
  .attr("width", 1000).attr("height", 600).attr("fill", "#000080");
document.body.append(Plot.barY([1, 2, 3]).plot());
document.title = typeof Plot.plot;
fetch("https://api.example/private").catch(() => {});
localStorage.setItem("theme", "dark"); sessionStorage.page = 3;
document.cookie = "seen=yes; max-age=60"; document.cookie = "seen=twice"; navigator.serviceWorker.register("sw.js");
if (document.cookie !== "seen=twice") throw new Error("cookie");
if (localStorage.theme + Object.keys(sessionStorage) + localStorage.length !== "darkpage1") throw new Error("storage");
for (const options of [{}, { type: "module" }]) {
  const worker = new Worker(`workers/${options.type ?? "classic"}.js`, options);
  worker.postMessage("go");
  worker.onmessage = ({ data }) => { document.createElement("img").src = `${data}-worker.png`; };
}
fetch("/" + "données/absentes.csv").catch(() => {});
</script><img src="photo.jpg" alt=""><object data="plan.pdf"></object></body></html>""".encode(),
    "My folder/plan.pdf": b"%PDF-1.4",
    "My folder/données.csv": "pays\nAlgérie\n".encode("cp1252"),
    "My folder/workers/classic.js": b'importScripts("part.js"); fetch("../donn%C3%A9es.csv").then(() => tell());',
    "My folder/workers/part.js": b'const tell = () => postMessage("classic");',
    "My folder/workers/module.js": b'import { part } from "./part.mjs"; onmessage = () => postMessage(part);',
    "My folder/workers/part.mjs": b'export const part = "module";',
}
WORKERS = ["My folder/classic-worker.png", "My folder/module-worker.png"]


@pytest.fixture
def check(app, session, files):
    """Asks for all that an accepted upload gets, does what is due without a network, and answers the check."""

    def check(upload, now=None) -> WorkCheck:
        for ask in (ask_for_copy, ask_for_check, ask_for_preview):
            ask(session, upload, utc_now())
        return again(now)

    def again(now=None) -> WorkCheck:
        def obtainer(room: Path) -> Obtainer:
            return Obtainer(room, Fetcher(resolve=lambda _host, _port: [], may_visit=is_known))

        session.commit()
        with app.app_context():
            transaction, moment = transactions(sessions().writing), now or utc_now()
            for maker in (CopyMaker(files, app.config["BASE_URL"], obtainer), Checker(app, files), Studio(app, files)):
                maker.make_due(transaction, moment)
        session.expire_all()
        return session.query(WorkCheck).one()

    check.again = again
    return check


@pytest.mark.database("sqlite")
def test_a_work_that_loads_d3_from_jsdelivr_shows_with_the_network_cut(check, make_work, session, files, app):
    upload = make_work("site.zip", zip_bytes(D3_SITE))
    made = check(upload)
    assert (made.state, made.error) == (CheckState.READY, None)
    told = made.report
    assert [error for error in told["errors"] if "plan.pdf" not in error] == [] and len(told["errors"]) == 1
    assert told["missing"] == ["/données/absentes.csv", *WORKERS, "My folder/photo.jpg"]
    assert told["misread"] == ["My folder/données.csv"]
    assert told["hosts"] == ["api.example"]
    assert told["views"]["wide"]["contrast"]["low"] == 1 and told["bytes"] > 300_000
    assert set(made.pictures) == {"wide", "narrow", "wide-deuteranopia", "wide-protanopia", "wide-tritanopia"}
    with app.test_request_context():
        found = {finding.code: finding for finding in report_of(session, upload).findings}
    assert {Code.OTHER_HOSTS, Code.MISSING_FILES, Code.LOW_CONTRAST, Code.OPENS, Code.FROZEN} <= set(found)
    assert found[Code.WIDE_ON_PHONE].count > 1000
    still = session.query(Preview).one()
    assert still.state is PreviewState.READY and not still.is_drawn_label
    with files.open(still.large_key) as stream:
        image = Image.open(stream).convert("RGB")
    navy = [abs(a - b) for a, b in zip(image.getpixel((600, 500)), (0, 0, 128), strict=True)]
    assert image.size == (1280, 960) and max(navy) < 12, "the bars that d3 drew"


@pytest.mark.database("sqlite")
def test_a_page_that_draws_nothing_is_told_to_be_blank(check, make_work, session, app):
    page = b"<!doctype html><title>x</title><div id=root>...</div><script type=module src=own.js></script>"
    script = b"document.getElementById('root').textContent = ''; await new Promise(() => {});"
    upload = make_work("site.zip", zip_bytes({"index.html": page, "own.js": script}))
    made = check(upload)
    assert made.state is CheckState.READY and made.report["plain"]["wide"] > 0.999
    with app.test_request_context():
        assert Code.BLANK in {finding.code for finding in report_of(session, upload).findings}


@pytest.mark.database("sqlite")
def test_a_drawing_without_a_size_of_its_own_fills_the_window_and_says_what_it_misses(check, make_work):
    image = b'<image href="../Images/fond.png" width=".01" height=".01"/>'
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"><path d="M0 0h2v3H0z" fill="navy"/>%s</svg>'
    told = check(make_work("drawing.svg", drawing % image)).report
    assert 0.4 < told["plain"]["wide"] < 0.6
    assert told["missing"] == ["../Images/fond.png"] and told["views"]["narrow"]["width"] == 390


@pytest.mark.database("sqlite")
def test_without_a_browser_the_report_says_so(check, make_work, session, app, monkeypatch):
    monkeypatch.setattr(browser, "PROGRAMS", ("no-such-program",))
    upload = make_work()
    made = check(upload)
    assert (made.state, made.error) == (CheckState.FAILED, "no-browser")
    with app.test_request_context():
        found = [finding.code for finding in report_of(session, upload).findings]
    assert Code.NO_BROWSER in found and Code.OPENS not in found


@pytest.mark.database("sqlite")
def test_a_page_that_never_ends_is_looked_at_twice(check, make_work, monkeypatch):
    def never(*_arguments, **_options):
        raise browser.NoPicture("no picture within 75 s")

    for room in ("checks.making", "previews"):
        monkeypatch.setattr(f"submissions.viewer.{room}.visit_work", never)
    made = check(make_work())
    assert (made.state, made.attempts) == (CheckState.DUE, 1)
    made = check.again(utc_now() + timedelta(hours=1))
    assert (made.state, made.error) == (CheckState.FAILED, "not-loaded")


def test_a_check_waits_for_the_copy_and_is_claimed_once(session, make_work, now):
    upload = make_work()
    ask_for_copy(session, upload, now)
    ask_for_check(session, upload, now)
    assert claim_due(session, now) is None, "the copy comes first"
    session.query(ShownCopy).one().state = CopyState.READY
    session.flush()
    assert claim_due(session, now) is not None
    assert claim_due(session, now) is None
    assert claim_due(session, now + LEASE) is not None, "a job that was killed leaves it to another"
