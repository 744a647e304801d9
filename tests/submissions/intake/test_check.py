"""The report for whole files: every code, and the agreement of name, signature and parser."""

import hashlib
import json
import time
from pathlib import Path

import pytest

from hackaviz.kernel.confined import Caps
from submissions.intake.check import check_file, check_file_confined
from submissions.intake.kinds import FORMATS
from submissions.intake.limits import Limits
from submissions.intake.messages import SENTENCES
from submissions.intake.report import CheckReport, Code
from tests.support.uploads import (
    PAGE,
    SVG,
    VEGA,
    VEGA_LITE,
    Record,
    forged_zip,
    gif_bytes,
    image_bytes,
    json_bytes,
    mp4_bytes,
    notebook,
    overlapping_bomb,
    pdf_bytes,
    png_claiming,
    webm_bytes,
    zip_bytes,
)

FIGURE = json.dumps({"data": [{"type": "bar", "y": [1, 2]}], "layout": {}}).encode()
PNG = image_bytes("PNG")

ACCEPTED = {
    "chart.png": (PNG, "image"),
    "CHART.PNG": (PNG, "image"),
    "photo.jpg": (image_bytes("JPEG"), "image"),
    "photo.jpeg": (image_bytes("JPEG"), "image"),
    "poster.webp": (image_bytes("WEBP"), "image"),
    "map.avif": (image_bytes("AVIF"), "image"),
    "years.gif": (gif_bytes(), "image"),
    "drawing.svg": (SVG, "svg"),
    "poster.pdf": (pdf_bytes(), "pdf"),
    "page.html": (PAGE, "html"),
    "page.htm": (PAGE, "html"),
    "site.zip": (zip_bytes({"index.html": PAGE}), "static-site"),
    "analysis.ipynb": (json_bytes(notebook()), "notebook"),
    "figure.json": (FIGURE, "plotly"),
    "chart.json": (json_bytes(VEGA_LITE), "vega-lite"),
    "chart.vl.json": (json_bytes(VEGA_LITE), "vega-lite"),
    "chart.vg": (json_bytes(VEGA), "vega"),
    "film.mp4": (mp4_bytes(), "video"),
    "film.webm": (webm_bytes(), "video"),
}

REFUSED = {
    "zip-slip": ("site.zip", forged_zip(Record(), Record("../evil.html"))),
    "zip-bomb": ("site.zip", overlapping_bomb(copies=15)),
    "encrypted": ("poster.pdf", pdf_bytes(protected=True)),
    "symlink": ("site.zip", forged_zip(Record(), Record("link", b"/etc/passwd", mode=0o120777))),
    "type-mismatch": ("chart.png", image_bytes("JPEG")),
    "too-large": ("chart.png", PNG + bytes(2_000_000)),
    "too-many-files": ("site.zip", zip_bytes({f"{number}.html": PAGE for number in range(30)})),
    "no-entry-point": ("site.zip", zip_bytes({"a.html": PAGE, "b.html": PAGE})),
    "pixel-bomb": ("chart.png", png_claiming(50_000, 50_000)),
    "malformed": ("chart.png", PNG[:-200]),
    "empty": ("chart.png", b""),
    "not-allowed": ("photo.tiff", image_bytes("TIFF")),
}


@pytest.mark.parametrize(("name", "content", "kind"), [(name, *case) for name, case in ACCEPTED.items()])
def test_a_sound_file_of_each_format_is_accepted(check, name, content, kind):
    report = check(content, name)
    assert {key: value for key, value in report.as_json().items() if key not in ("metadata", "facts")} == {
        "accepted": True,
        "kind": kind,
        "entry_point": "index.html" if kind == "static-site" else name,
        "files": 1,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "external_hosts": [],
        "reasons": [],
    }


def test_there_is_an_example_of_every_code():
    assert set(REFUSED) == set(Code)


@pytest.mark.parametrize(("code", "name", "content"), [(code, *case) for code, case in REFUSED.items()])
def test_each_code_is_given_with_a_sentence_that_names_the_thing(check, code, name, content):
    report = check(content, name, bytes=1_000_000, files=20)
    document = report.as_json()
    assert not document["accepted"]
    assert document["entry_point"] is None
    assert [reason["code"] for reason in document["reasons"]] == [code] * len(document["reasons"])
    assert all("“" in reason["detail"] and "%(" not in reason["detail"] for reason in document["reasons"])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("chart.png", b"GIF89a" + bytes(50)),
        ("chart.png", PAGE),
        ("chart.png", b"just words"),
        ("page.html", PNG),
        ("page.html", b"just words"),
        ("page.html", b"PK\x03\x04" + bytes(50)),
        ("page.html", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("page.html", b"<catalogue><port/></catalogue>"),
        ("page.html", b"\x00<html>"),
        ("poster.pdf", PNG),
        ("site.zip", b"MZ self-extracting" + zip_bytes({"index.html": PAGE})),
        ("chart.png", PNG + zip_bytes({"index.html": PAGE})),
        ("poster.pdf", pdf_bytes() + zip_bytes({"index.html": PAGE})),
        ("figure.json", PNG),
        ("figure.json", PAGE),
    ],
)
def test_name_and_content_must_agree(codes, name, content):
    assert codes(content, name) == ["type-mismatch"]


@pytest.mark.parametrize(
    ("name", "content", "code", "words"),
    [
        ("figure.json", json_bytes(notebook()), "type-mismatch", ".ipynb"),
        ("figure.json", b'[{"type": "bar", "y": [1]}]', "not-allowed", "list of traces"),
        ("table.json", b'[{"port": "Arles"}]', "not-allowed", "neither a Plotly chart"),
        ("page.html", b" \n\t\n", "empty", "holds nothing"),
        ("page.html", b"<!doctype html><!-- later -->", "empty", "holds nothing"),
    ],
)
def test_common_mistakes_are_called_by_their_name(check, name, content, code, words):
    [reason] = check(content, name).as_json()["reasons"]
    assert reason["code"] == code and words in reason["detail"]


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "é\ud800.png", "\x00.png", "x" * 5000 + ".png", "con.png", "%s%(x)s.png"]
)
def test_any_name_gives_a_report_that_can_be_printed(check, name):
    report = check(PNG, name)
    json.dumps(report.as_json(), ensure_ascii=False).encode()
    assert report.entry_point is None or len(report.entry_point.encode()) <= 255


@pytest.mark.parametrize(
    ("name", "entry_point"),
    [
        ("C:\\Users\\me\\Ma carte.png", "Ma carte.png"),
        ("../../etc/passwd.png", "passwd.png"),
        ("Ports : où ?.png", "Ports - où -.png"),
        ("e\u0301te\u0301.png", "été.png"),
    ],
)
def test_the_entry_point_keeps_the_name_without_folders_or_characters_that_break_addresses(check, name, entry_point):
    assert check(PNG, name).entry_point == entry_point


def test_a_report_survives_the_journey_as_data(check):
    for content, name in [(PNG, "chart.png"), (b"", "chart.png"), (forged_zip(Record("../x")), "a.zip")]:
        report = check(content, name)
        assert CheckReport.from_data(json.loads(json.dumps(report.as_data()))) == report


def test_the_confined_check_gives_the_same_report(tmp_path):
    path = tmp_path / "upload"
    for content, name in [(PNG, "chart.png"), (pdf_bytes(), "a.pdf"), (overlapping_bomb(), "a.zip")]:
        path.write_bytes(content)
        assert check_file_confined(path, name) == check_file(path, name)


def test_a_check_that_takes_too_much_is_a_refusal(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(b'{"data":[' + b"[]," * 3_000_000 + b"{}]}")
    report = check_file_confined(path, "figure.json", caps=Caps(memory_bytes=200 << 20))
    assert [reason.sentence for reason in report.reasons] == ["malformed.gave-up"]
    path.write_bytes(PNG)
    report = check_file_confined(path, "chart.png", Limits(bytes=10), caps=Caps(seconds=0.001))
    assert [reason.code for reason in report.reasons] == ["too-large"]


def test_hostile_files_of_others_are_reported_quickly(shared_data: Path):
    for path in sorted((shared_data / "hostile").rglob("*.*")):
        started = time.process_time()
        report = check_file(path, path.name)
        assert time.process_time() - started < 2, path
        assert report.accepted == (path.name in ("exif_gps.jpg", "ssrf_svg_css_import.svg")), path


@pytest.mark.parametrize("name", ["broken.png", "truncated_jpeg.jpg", "xdtn0g01.png", "xhdn0g08.png", "xc9n2c08.png"])
def test_damaged_images_of_others_are_malformed(shared_data: Path, name):
    report = check_file(shared_data / "hostile" / "images" / name, name)
    assert [reason.code for reason in report.reasons] == [Code.MALFORMED]


def test_every_sentence_has_a_code_and_the_accepted_formats_are_all_named():
    assert {Code(key.partition(".")[0]) for key in SENTENCES} == set(Code)
    for file_format in FORMATS:
        if file_format.inspect:
            assert file_format.name in SENTENCES["not-allowed"]
            assert file_format.name in SENTENCES["not-allowed.format"]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.bmp", image_bytes("BMP"), "image"),
        ("a.heic", b"\0\0\0\x18ftypheic" + bytes(50), "image"),
        ("a.mov", b"\0\0\0\x14ftypqt  " + bytes(50), "video"),
        ("a.mkv", webm_bytes(kind=b"matroska"), "video"),
        ("a.ogv", b"OggS" + bytes(50), "video"),
        ("a.docx", b"PK\x03\x04", None),
        ("a", PNG, None),
        ("blns.json", b'["a", "b"]', None),
    ],
)
def test_known_but_unwelcome_formats_are_refused_by_name(check, name, content, kind):
    report = check(content, name)
    assert [reason.code for reason in report.reasons] == [Code.NOT_ALLOWED]
    assert report.kind == kind
