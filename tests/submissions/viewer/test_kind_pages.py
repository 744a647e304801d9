"""The pages of the content host around single files: each kind in its own, with what it needs and nothing else."""

import re
from io import BytesIO

import pytest

from hackaviz.kernel.clock import utc_now
from submissions.viewer.addresses import work_url
from submissions.viewer.copies.models import CopyState, ShownCopy, ShownFile
from tests.support.uploads import (
    SVG,
    VEGA,
    VEGA_LITE,
    gif_bytes,
    image_bytes,
    json_bytes,
    mp4_bytes,
    notebook,
    zip_bytes,
)

pytestmark = pytest.mark.database("sqlite")

OWN_DATA = json_bytes({**VEGA_LITE, "data": {"url": "data/ports.csv"}})
PAGES = {
    "map.svg": (SVG, 'data-file="work.svg"', ["closer.js", "svg.js"]),
    "map.gif": (gif_bytes(), '<img src="work.gif"', ["closer.js"]),
    "map.avif": (image_bytes("AVIF"), '<img src="work.avif"', ["closer.js"]),
    "chart.json": (json_bytes(VEGA_LITE), 'data-mode="vega-lite"', ["vega.min.js", "closer.js", "vega.js"]),
    "chart.vg": (json_bytes(VEGA), 'data-mode="vega"', ["vega.min.js", "closer.js", "vega.js"]),
    "film.mp4": (mp4_bytes(), '<video src="work.mp4" controls', []),
}


@pytest.fixture
def open_work(content_client, make_work, address):
    """`open_work(name, content)`: the answer at the address of a work, and that address."""

    def open_work(name, content):
        url = address(work_url, make_work(name, content), utc_now())
        return content_client.get(url), url

    return open_work


@pytest.mark.parametrize("name", PAGES)
def test_each_kind_has_its_page_and_only_the_scripts_that_draw_it(content_client, open_work, name):
    content, expected, scripts = PAGES[name]
    answer, url = open_work(name, content)
    assert answer.status_code == 200
    assert expected in answer.text
    assert re.findall(r'src="/vendor/([\w.]+)"', answer.text) == scripts
    file = re.search(r'"(work\.(?!css)\w+)"', answer.text)[1]
    assert content_client.get(url + file).data == content


def test_our_words_around_a_work_are_those_of_the_page_that_leads_there(app, content_client, make_work):
    upload, words = make_work("map.gif", gif_bytes()), {"fr": "Agrandir", "en": "Enlarge"}
    for language, other in (("fr", "en"), ("en", "fr")):
        with app.test_request_context(f"/?lang={language}"):
            url = work_url(upload, utc_now()).removeprefix(app.config["CONTENT_URL"])
        page = content_client.get(url, headers={"Accept-Language": other}).text
        assert f'<html lang="{language}">' in page
        assert words[language] in page and words[other] not in page


def test_a_chart_finds_its_data_beside_it_whatever_folder_it_came_from(content_client, open_work):
    archive = zip_bytes({"team jane/chart.vl.json": OWN_DATA, "team jane/data/ports.csv": b"port;calls"})
    answer, url = open_work("work.zip", archive)
    assert 'data-mode="vega-lite"' in answer.text
    assert content_client.get(f"{url}work.json").data == OWN_DATA
    data = content_client.get(f"{url}data/ports.csv")
    assert (data.data, data.mimetype) == (b"port;calls", "text/csv")
    assert "jane" not in answer.text


def test_captions_beside_a_film_are_its_tracks(content_client, open_work):
    files = {"film.mp4": mp4_bytes(), "film.fr.vtt": b"WEBVTT", "film.en.vtt": b"WEBVTT", "été.vtt": b"WEBVTT"}
    answer, url = open_work("work.zip", zip_bytes(files))
    tracks = re.findall(r'<track kind="captions" src="([^"]+)"(?: srclang="(\w+)")? label="(\w+)"', answer.text)
    assert tracks == [("film.en.vtt", "en", "en"), ("film.fr.vtt", "fr", "fr"), ("%C3%A9t%C3%A9.vtt", "", "Captions")]
    assert content_client.get(f"{url}film.fr.vtt").mimetype == "text/vtt"
    assert 'crossorigin="anonymous"' in answer.text


def test_a_notebook_waits_for_its_page_and_is_never_shown_raw(content_client, session, files, make_work, address):
    upload = make_work("analysis.ipynb", json_bytes(notebook({"output_type": "stream", "text": "42 ports"})))
    copy = ShownCopy(upload_id=upload.id, state=CopyState.DUE)
    session.add(copy)
    session.commit()
    url = address(work_url, upload, utc_now())
    waiting = content_client.get(url)
    assert 'http-equiv="refresh"' in waiting.text
    assert waiting.headers["Cache-Control"] == "no-store"
    blob = files.write(BytesIO(b"<!doctype html><p>42 ports</p>"))
    place = {"path": "analysis.ipynb", "media_type": "text/html; charset=utf-8", "origin": "rendered"}
    stored = {"bytes": blob.bytes, "sha256": blob.sha256, "storage_key": blob.key}
    session.add(ShownFile(upload_id=upload.id, **place, **stored))
    copy.state = CopyState.READY
    session.commit()
    assert "42 ports" in content_client.get(url).text


def test_a_notebook_without_a_page_says_so_and_waits_no_more(open_work):
    answer, _ = open_work("analysis.ipynb", json_bytes(notebook()))
    assert "could not be made" in answer.text
    assert "http-equiv" not in answer.text


@pytest.mark.parametrize(
    "name", ["vega.min.js", "vega.js", "svg.js", "closer.js", "notebook.js", "world_110m.json", "europe_50m.json"]
)
def test_what_draws_charts_is_served(content_client, name):
    answer = content_client.get(f"/vendor/{name}")
    assert answer.status_code == 200
    assert len(answer.data) > 300


def test_nothing_else_of_the_libraries_is(content_client):
    assert content_client.get("/vendor/plotly-topojson.zip").status_code == 404
    assert content_client.get("/vendor/../hackaviz.css").status_code == 404
