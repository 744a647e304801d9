"""What files tell of people is told to the team, and gone from copies, of which everything else stays."""

import base64
import io
import json
import re

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from hackaviz.kernel.confined import run_confined
from submissions.intake.cleaning import clean_file
from submissions.intake.metadata import traces_in
from submissions.intake.traces.trace import WORDS, Label
from tests.support.telling import FILES, NAME, TURNED
from tests.support.uploads import SVG, image_bytes, pdf_bytes

IMAGES = [media_type for media_type in FILES if re.fullmatch("image/(?:jpeg|png|webp|avif|gif)", media_type)]


@pytest.fixture
def cleaned(tmp_path):
    """`cleaned(content, media_type)`: the copy and the answer."""

    def cleaned(content: bytes, media_type: str) -> tuple[bytes, dict]:
        source, target = tmp_path / "source", tmp_path / "target"
        source.write_bytes(content)
        answer = clean_file(str(source), str(target), media_type)
        assert source.read_bytes() == content
        return target.read_bytes(), answer

    return cleaned


def all_bytes(content: bytes, media_type: str) -> bytes:
    """The bytes with what is packed or encoded in them laid open."""
    if media_type == "application/pdf":
        buffer = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as document:
            document.save(buffer, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
        return buffer.getvalue()
    embedded = re.findall(rb'(?:base64,|"image/jpeg": ")([A-Za-z0-9+/=]+)', content)
    return content + b"".join(map(base64.b64decode, embedded))


@pytest.mark.parametrize("media_type", FILES)
def test_no_copy_names_its_author(cleaned, media_type):
    content = FILES[media_type]
    assert NAME in all_bytes(content, media_type)
    copy, answer = cleaned(content, media_type)
    assert NAME not in all_bytes(copy, media_type)
    assert answer["changed"]
    assert set(answer["removed"]) <= set(WORDS)
    assert traces_in(copy, media_type) == ()


@pytest.mark.parametrize("media_type", FILES)
def test_a_clean_copy_is_left_as_it_is(cleaned, media_type):
    copy, _ = cleaned(FILES[media_type], media_type)
    assert cleaned(copy, media_type) == (copy, {"changed": False, "removed": []})


@pytest.mark.parametrize("media_type", IMAGES)
def test_an_image_keeps_its_pixels_its_colours_and_its_turn(cleaned, media_type):
    copy, _ = cleaned(FILES[media_type], media_type)
    before, after = Image.open(io.BytesIO(FILES[media_type])), Image.open(io.BytesIO(copy))
    assert after.tobytes() == before.tobytes()
    assert after.info.get("icc_profile") == before.info.get("icc_profile")
    if media_type in ("image/jpeg", "image/png", "image/webp"):
        assert after.getexif().get(0x0112) == TURNED


def test_the_team_reads_what_its_photograph_tells():
    traces = traces_in(FILES["image/jpeg"], "image/jpeg")
    told = {each.label: each.value for each in traces}
    assert told == {Label.AUTHOR: "Jane Doe", Label.SOFTWARE: "Lightroom", Label.PLACE: "43.2964, 5.3700"}


def test_a_document_keeps_its_pages_and_loses_what_acts(cleaned):
    content = FILES["application/pdf"]
    copy, answer = cleaned(content, "application/pdf")
    assert {"author", "script", "enclosed", "place"} <= set(answer["removed"])
    bare = all_bytes(copy, "application/pdf")
    assert not [word for word in (b"JavaScript", b"Launch", b"calc.exe", b"EmbeddedFile") if word in bare]
    drawn = [pypdfium2.PdfDocument(each)[0].render().to_pil().tobytes() for each in (content, copy)]
    assert drawn[0] == drawn[1]


def test_a_drawing_keeps_all_but_what_goes(cleaned):
    copy, _ = cleaned(FILES["image/svg+xml"], "image/svg+xml")
    assert copy == (
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:dc="d" xmlns:s="s" xmlns:sodipodi="s">'
        b'<rect width="9" height="9"/><g></g>text</svg>'
    )


def test_a_page_keeps_its_other_tags(cleaned):
    copy, _ = cleaned(FILES["text/html; charset=utf-8"], "text/html; charset=utf-8")
    assert copy.startswith(b"<html><head><meta charset=utf-8><title>Ports</title></head><body><img src=")


def test_a_notebook_keeps_its_cells(cleaned):
    copy, _ = cleaned(FILES["application/x-ipynb+json"], "application/x-ipynb+json")
    assert [cell["source"] for cell in json.loads(copy)["cells"]] == ["# Ports", "plot(ports)"]


@pytest.mark.parametrize("media_type", ["video/mp4", "video/webm"])
def test_a_film_keeps_every_byte_at_its_place(cleaned, media_type):
    copy, _ = cleaned(FILES[media_type], media_type)
    assert len(copy) == len(FILES[media_type])


def test_what_hangs_on_the_end_of_an_image_is_cut_off(cleaned):
    whole = image_bytes("JPEG")
    assert cleaned(whole + b"ftyp a film", "image/jpeg") == (whole, {"changed": True, "removed": ["enclosed"]})


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (image_bytes("PNG"), "image/png"),
        (SVG, "image/svg+xml"),
        (pdf_bytes(), "application/pdf"),
        (b"no image", "image/jpeg"),
        (b"no image", "image/webp"),
        (b"GIF", "image/gif"),
        (b"no document", "application/pdf"),
        (b"no box", "video/mp4"),
        (b"", "image/png"),
        (b"a,b", "text/csv"),
    ],
)
def test_what_tells_nothing_or_cannot_be_read_is_copied(cleaned, content, media_type):
    assert cleaned(content, media_type) == (content, {"changed": False, "removed": []})


def test_it_runs_confined(tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(FILES["image/jpeg"])
    answer = run_confined("submissions.intake.cleaning:clean_file", str(source), str(target), "image/jpeg")
    assert answer == {"changed": True, "removed": ["software", "author", "place"]}
    assert NAME not in target.read_bytes()
