"""What looks odd and is not: files as real programs make them, all accepted."""

import io
import json
import struct
import zipfile

import pikepdf
import pytest
from PIL import Image

from submissions.intake.check import check_file
from submissions.intake.files import public_files
from tests.support.uploads import PAGE, SVG, VEGA_LITE, Record, forged_zip, image_bytes, notebook, pdf_bytes, zip_bytes

INDEX = Record()
ILLUSTRATOR = (
    b'<?xml version="1.0" encoding="utf-8"?><!-- Generator: Adobe Illustrator 27.0 --><!DOCTYPE svg PUBLIC '
    b'"-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" '
    b'[<!ENTITY ns_svg "http://www.w3.org/2000/svg"><!ENTITY ns_xlink "http://www.w3.org/1999/xlink">]>'
    b'<svg xmlns="&ns_svg;" xmlns:xlink="&ns_xlink;" width="841mm" height="1189mm"><path d="M0 0h9"/></svg>'
)
INKSCAPE = (
    b'<?xml version="1.0" standalone="no"?><svg xmlns="http://www.w3.org/2000/svg" '
    b'xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" sodipodi:docname="C:\\work\\map.svg" '
    b'viewBox="0 0 9 9"><sodipodi:namedview/><g><path d="M0 0h9"/></g></svg>'
)


def saved(image: Image.Image, image_format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, image_format, **options)
    return buffer.getvalue()


def wide_zip(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """An archive with 64-bit figures everywhere, as streaming writers make small ones."""
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 0)
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("index.html", "w", force_zip64=True) as file,
    ):
        file.write(PAGE)
    return buffer.getvalue()


def poster_of_a0() -> bytes:
    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(2384, 3370))
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        document.save(buffer)
    return buffer.getvalue()


def with_attachment() -> bytes:
    document = notebook(text="![map](attachment:map.png)")
    document["cells"][0]["attachments"] = {"map.png": {"image/png": "iVBORw0KGgo="}}  # type: ignore[index]
    return json.dumps(document).encode()


ODD = {
    "zip of macOS": (
        "site.zip",
        zip_bytes(
            {
                "Mon site/index.html": PAGE,
                "Mon site/.DS_Store": b"x",
                "__MACOSX/Mon site/._index.html": b"x",
                "Mon site/donne\u0301es été.csv": b"a",
            }
        ),
    ),
    "zip of Windows": ("site.zip", forged_zip(Record("site\\index.html"), Record("site\\été.csv".encode("cp850")))),
    "folder in a folder": ("site.zip", zip_bytes({"a/b/index.html": PAGE, "a/b/c/data.csv": b"x"})),
    "git inside": (
        "site.zip",
        zip_bytes({"index.html": PAGE, ".git/config": b"x", ".env": b"KEY=1", ".Rhistory": b"x"}),
    ),
    "JPEG in CMYK": ("map.jpg", saved(Image.new("CMYK", (40, 30), (10, 20, 30, 0)), "JPEG")),
    "PNG of 16 bits": ("map.png", saved(Image.new("I;16", (40, 30), 40_000), "PNG")),
    "PNG of one bit": ("map.png", saved(Image.new("1", (40, 30)), "PNG")),
    "PNG with a palette": ("map.png", saved(Image.new("P", (40, 30)), "PNG", transparency=0)),
    "WebP that moves": (
        "map.webp",
        saved(Image.effect_noise((40, 30), 9), "WEBP", save_all=True, append_images=[Image.new("L", (40, 30))]),
    ),
    "photograph of a telephone": ("map.jpg", image_bytes("JPEG") + struct.pack(">I", 24) + b"ftypmp42" + bytes(300)),
    "drawing of Illustrator": ("map.svg", ILLUSTRATOR),
    "drawing of Inkscape": ("map.svg", INKSCAPE),
    "drawing in UTF-16": ("map.svg", SVG.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
    "drawing with a script": ("map.svg", SVG.replace(b"</svg>", b"<script>draw()</script></svg>")),
    "poster of A0 with a script": ("poster.pdf", poster_of_a0()),
    "PDF after a mark": ("poster.pdf", b"\xef\xbb\xbf" + pdf_bytes()),
    "notebook with an attachment": ("work.ipynb", with_attachment()),
    "notebook of 2014": (
        "work.ipynb",
        json.dumps(
            {
                "nbformat": 3,
                "metadata": {"name": ""},
                "worksheets": [{"cells": [{"cell_type": "heading", "level": 1, "source": "Ports"}]}],
            }
        ).encode(),
    ),
    "JSON after a mark": ("chart.json", b"\xef\xbb\xbf" + json.dumps(VEGA_LITE).encode()),
    "page of 4 MB": ("rapport.html", PAGE.replace(b"</body>", b"<img src='data:image/png;base64," + b"A" * 4_000_000)),
}


@pytest.mark.parametrize("oddity", ODD)
def test_what_real_programs_make_is_accepted(tmp_path, oddity):
    name, content = ODD[oddity]
    path = tmp_path / "upload"
    path.write_bytes(content)
    report = check_file(path, name)
    assert report.reasons == ()
    published = {file.path for file in public_files(path, str(report.kind), name)}
    assert report.entry_point in published
    assert len(published) == report.files


def test_an_archive_with_64_bit_figures_is_read(tmp_path, monkeypatch):
    path = tmp_path / "upload"
    path.write_bytes(wide_zip(monkeypatch))
    assert check_file(path, "site.zip").accepted


def test_leftovers_are_told_and_not_published(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(ODD["git inside"][1])
    report = check_file(path, "site.zip")
    assert {each.path for each in report.metadata if each.label == "leftover"} == {".git/config", ".env", ".Rhistory"}
    assert [file.path for file in public_files(path, "static-site", "site.zip")] == ["index.html"]
