"""A ZIP without a page, that holds one chart or film with its files."""

from pathlib import Path

import pytest

from submissions.intake.files import public_files
from tests.support.uploads import PAGE, VEGA, VEGA_LITE, json_bytes, mp4_bytes, zip_bytes

CHART = json_bytes({**VEGA_LITE, "data": {"url": "data/ports.csv"}})


@pytest.mark.parametrize(
    ("files", "kind", "entry_point"),
    [
        ({"chart.vl.json": CHART, "data/ports.csv": b"a,b"}, "vega-lite", "chart.vl.json"),
        ({"mine/chart.json": CHART, "mine/data/ports.json": b"[]"}, "vega-lite", "chart.json"),
        ({"chart.vg": json_bytes(VEGA)}, "vega", "chart.vg"),
        ({"film.mp4": mp4_bytes(), "film.fr.vtt": b"WEBVTT"}, "video", "film.mp4"),
        ({"index.html": PAGE, "film.mp4": mp4_bytes(), "chart.json": CHART}, "static-site", "index.html"),
    ],
)
def test_the_kind_is_that_of_what_it_holds(check, files, kind, entry_point):
    report = check(zip_bytes(files), "work.zip")
    assert (report.reasons, report.kind, report.entry_point) == ((), kind, entry_point)
    assert report.files == len(files)


def test_its_files_are_published_beside_it(tmp_path: Path):
    path = tmp_path / "upload"
    path.write_bytes(zip_bytes({"mine/chart.json": CHART, "mine/data/ports.csv": b"a,b", "readme.txt": b"x"}))
    assert [file.path for file in public_files(path, "vega-lite", "work.zip")] == ["chart.json", "data/ports.csv"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a.json": CHART, "b.json": CHART}, "no-entry-point"),
        ({"a.html": PAGE, "b.html": PAGE, "chart.json": CHART}, "no-entry-point"),
        ({"data.json": b"[1, 2]"}, "no-entry-point"),
        ({"film.mp4": mp4_bytes(b"mp4v")}, "not-allowed"),
        ({"film.mp4": b"no film"}, "type-mismatch"),
        ({"chart.json": b'{"mark": '}, "no-entry-point"),
    ],
)
def test_what_holds_no_one_thing_to_show_is_refused(codes, files, code):
    assert codes(zip_bytes(files), "work.zip") == [code]
