"""Still images as the job process makes them."""

import os
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from challenges.editions.rules import Phase
from hackaviz.demo.content import WORKS
from hackaviz.kernel.clock import utc_now
from submissions.viewer import browser, drawing
from submissions.viewer.models import Preview, PreviewState
from submissions.viewer.service import LEASE, MOST_ATTEMPTS, ask_for_preview, claim_due
from submissions.viewer.sizes import FORMS, SMALL, fit
from tests.support.uploads import gif_bytes, gradient_bytes, image_bytes, pdf_bytes, zip_bytes

NAVY = (0, 0, 128)
SITE = {
    "X/index.html": b"<!doctype html><html><title>x</title><body>waiting<script type=module src=a.mjs></script></html>",
    "X/a.mjs": b"""const { colour } = await (await fetch("data.json")).json();
document.body.textContent = ""; document.body.style.background = colour;""",
    "X/data.json": b'{"colour": "#000080"}',
}


def picture(files, key: str) -> Image.Image:
    with files.open(key) as stream:
        image = Image.open(stream)
        image.load()
        return image


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(
    ("size", "sizes"),
    [
        ((2000, 1000), [(1280, 640), (480, 240)]),
        ((300, 6000), [(128, 2560), (36, 720)]),
        ((40, 30), [(40, 30), (40, 30)]),
    ],
)
def test_an_image_is_made_smaller_whole(draw, make_work, files, size, sizes):
    preview = draw(make_work("a.png", gradient_bytes("PNG", size)))
    assert preview.state is PreviewState.READY and not preview.is_drawn_label
    assert [picture(files, key).size for key in (preview.large_key, preview.small_key)] == sizes
    assert [still["width"] for still in preview.stills][-1] == sizes[0][0]
    for still in preview.stills:
        assert {picture(files, still[form]["key"]).size for form in FORMS} == {(still["width"], still["height"])}
    assert (preview.width, preview.height) == sizes[0] and fit(size, SMALL) == sizes[1]


def test_a_poster_gets_a_copy_to_read(tmp_path, monkeypatch):
    monkeypatch.setattr(drawing, "POSTER_PIXELS", 5_000_000)
    for name, content, size in (
        ("poster.jpg", gradient_bytes("JPEG", (5000, 1200)), (4800, 1152)),
        ("small.jpg", image_bytes("JPEG", (500, 120)), None),
        ("film.gif", gif_bytes(), None),
    ):
        (tmp_path / name).write_bytes(content)
        pages = drawing.draw_sizes(str(tmp_path / name), str(tmp_path))["pages"]
        assert [(page["width"], page["height"]) for page in pages] == ([size] if size else [])


@pytest.mark.database("sqlite")
def test_every_page_of_a_document_is_drawn_up_to_twenty(draw, make_work, files):
    preview = draw(make_work("a.pdf", pdf_bytes(22)))
    assert preview.state is PreviewState.READY
    assert len(preview.pages) == 20
    page = preview.pages[19]
    assert picture(files, page["key"]).size == (page["width"], page["height"]) == (1600, 1600)


@pytest.mark.database("sqlite")
def test_a_live_site_is_photographed_with_its_own_modules_and_data(draw, make_work, files):
    preview = draw(make_work("site.zip", zip_bytes(SITE)))
    assert (preview.state, preview.error) == (PreviewState.READY, None)
    image = picture(files, preview.large_key)
    assert image.size == (1280, 960)
    assert max(abs(a - b) for a, b in zip(image.getpixel((600, 500)), NAVY, strict=True)) < 8


@pytest.mark.database("sqlite")
def test_the_still_of_a_film_has_no_black_above_and_below_and_a_page_with_a_film_is_whole(draw, make_work):
    film = (WORKS / "jour-apres-jour" / "jour-apres-jour.mp4").read_bytes()
    page = b"<!doctype html><title>x</title><h1>A page</h1><div class=film><video src=a.mp4 width=320></video></div>"
    hidden = page.replace(b"width=320", b"hidden")
    site, without = (zip_bytes({"index.html": each, "a.mp4": film}) for each in (page, hidden))
    for name, work, size in (
        ("film.mp4", film, (1280, 720)),
        ("site.zip", site, (1280, 960)),
        ("hidden.zip", without, (1280, 960)),
    ):
        preview = draw(make_work(name, work))
        assert not preview.is_drawn_label
        assert (preview.width, preview.height) == size


@pytest.mark.database("sqlite")
def test_without_a_browser_a_label_stands_in(draw, make_work, files, monkeypatch):
    monkeypatch.setattr(browser, "PROGRAMS", ("no-such-program",))
    preview = draw(make_work())
    assert preview.state is PreviewState.FAILED and preview.is_drawn_label
    assert picture(files, preview.large_key).size == (1280, 960)


@pytest.mark.database("sqlite")
def test_after_three_tries_a_label_stands_in(draw, make_work, monkeypatch):
    def fail(*_arguments, **_options):
        raise browser.NoPicture("nothing came")

    monkeypatch.setattr("submissions.viewer.previews.visit_work", fail)
    preview, now = draw(make_work()), utc_now()
    assert (preview.state, preview.attempts, preview.error) == (PreviewState.DUE, 1, "nothing came")
    assert draw(now=now).attempts == 1, "a second try waits"
    for _ in range(2):
        now += timedelta(hours=1)
        preview = draw(now=now)
    assert (preview.state, preview.attempts) == (PreviewState.FAILED, MOST_ATTEMPTS)
    assert preview.is_drawn_label and preview.small_key


@pytest.mark.database("sqlite")
def test_a_job_that_is_killed_each_time_ends_in_a_label_too(draw, make_work, session):
    upload, now = make_work(), utc_now()
    ask_for_preview(session, upload, now)
    for _ in range(MOST_ATTEMPTS):
        assert claim_due(session, now) is not None
        assert claim_due(session, now) is None, "one job at a time"
        now += LEASE
    preview = draw(now=now)
    assert preview.state is PreviewState.FAILED and preview.is_drawn_label


def test_a_claim_is_taken_once(session, make_work, now):
    ask_for_preview(session, make_work("a.png", image_bytes("PNG")), now)
    ask_for_preview(session, make_work("b.png", image_bytes("PNG")), now)
    first, second = claim_due(session, now), claim_due(session, now)
    assert {first.id, second.id} == set(session.scalars(Preview.__table__.select().with_only_columns(Preview.id)))
    assert claim_due(session, now) is None


@pytest.mark.database("sqlite")
def test_a_page_that_never_ends_is_stopped_with_all_it_started():
    begun, url = time.monotonic(), "data:text/html,<script>for (;;) ;</script>"
    # Not pytest's folder, which an unprivileged user may not enter.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o711)
        with pytest.raises(browser.NoPicture, match="no picture within 2 s"):
            browser.visit(url, own=url, port=9, folder=folder, views={"wide": browser.WIDE}, seconds=2)
    assert time.monotonic() - begun < 30
    assert not _processes_of(name)


@pytest.mark.database("sqlite")
def test_a_page_that_takes_too_much_memory_is_stopped_with_all_it_started(monkeypatch):
    # Less than any page takes, so that this machine need not give what we forbid.
    monkeypatch.setattr(browser, "MEMORY_BYTES", 16 << 20)
    url = "data:text/html,<script>for (;;) ;</script>"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o711)
        with pytest.raises(browser.NoPicture, match="of memory"):
            browser.visit(url, own=url, port=9, folder=folder, views={"wide": browser.WIDE}, seconds=30)
    assert not _processes_of(name)


@pytest.mark.database("sqlite")
def test_a_browser_does_not_outlive_a_job_process_that_is_killed():
    program = """
import sys, tempfile
from pathlib import Path
from submissions.viewer import browser, drawing
folder = Path(sys.argv[1])
url = "data:text/html,<script>for (;;) ;</script>"
browser.visit(url, own=url, port=9, folder=folder, views={"wide": browser.WIDE})
"""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o711)
        job = subprocess.Popen([sys.executable, "-c", program, name], env=os.environ | {"PYTHONPATH": str(Path.cwd())})
        _wait_until(lambda: _processes_of(f"{name}/profile"))
        job.kill()
        job.wait()
        _wait_until(lambda: not _processes_of(name))


def _wait_until(holds) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, "it did not come to hold within 60 s"
        time.sleep(0.2)


def _processes_of(name: str) -> list[Path]:
    return [path for path in Path("/proc").glob("[0-9]*/cmdline") if name.encode() in _read(path)]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.mark.database("sqlite")
def test_an_accepted_upload_asks_for_its_image(app, session, make_work):
    upload = make_work()
    accepted = app.extensions["hackaviz.entries"].on_upload_accepted
    with app.test_request_context():
        for act in accepted:
            act(session, upload, utc_now())
    assert session.query(Preview).one().state is PreviewState.DUE


@pytest.mark.database("sqlite")
def test_a_still_is_served_in_its_widths_and_formats(client, draw, make_work, session):
    upload = make_work("a.png", image_bytes("PNG", (900, 600)), Phase.RESULTS)
    preview = draw(upload)
    assert [still["width"] for still in preview.stills] == [320, 640, 900]
    for form in FORMS:
        answer = client.get(f"/previews/{upload.public_id}/640.{form}")
        assert (answer.status_code, answer.content_type) == (200, f"image/{form}")
        assert answer.headers["Cache-Control"].startswith("public")
    assert client.get(f"/previews/{upload.public_id}/641.avif").status_code == 404


@pytest.mark.database("sqlite")
def test_a_browser_that_does_not_start_is_none(draw, make_work, monkeypatch, tmp_path):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    tmp_path.chmod(0o755)
    monkeypatch.setattr(browser, "PROGRAMS", (str(broken),))
    preview = draw(make_work())
    assert preview.is_drawn_label and "does not start" in preview.error
