"""Whatever the bytes and whatever the names, a check answers, and nothing is published outside the folder."""

import json
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from submissions.intake.check import check_file
from submissions.intake.files import unpack
from submissions.intake.kinds import FORMATS
from submissions.intake.metadata import traces_in
from submissions.intake.report import Refused
from tests.support.telling import FILES
from tests.support.uploads import (
    PAGE,
    SVG,
    VEGA_LITE,
    Record,
    forged_zip,
    gif_bytes,
    image_bytes,
    json_bytes,
    mp4_bytes,
    notebook,
    pdf_bytes,
    webm_bytes,
    zip_bytes,
)

SUFFIXES = sorted({suffix for file_format in FORMATS for suffix in file_format.suffixes} | {"", ".exe"})
SEEDS = {
    ".png": image_bytes("PNG"),
    ".jpg": image_bytes("JPEG"),
    ".webp": image_bytes("WEBP"),
    ".avif": image_bytes("AVIF"),
    ".gif": gif_bytes(),
    ".svg": SVG,
    ".pdf": pdf_bytes(2),
    ".ipynb": json_bytes(notebook()),
    ".vl": json_bytes(VEGA_LITE),
    ".mp4": mp4_bytes(),
    ".webm": webm_bytes(),
    ".html": PAGE,
    ".zip": zip_bytes({"index.html": PAGE, "data/a.zip": zip_bytes({"a": b"a"})}),
    ".json": b'{"data": [{"type": "bar", "y": [1, 2]}], "layout": {"title": "a"}}',
}
NAMES = st.one_of(
    st.text(max_size=20),
    st.lists(st.sampled_from(["..", ".", "", "a", "B", "b", "index.html", "C:", "con", "é", "\\", "\0"])).map("/".join),
)


def report_of(content: bytes, name: str) -> dict:
    with TemporaryDirectory() as folder:
        path = Path(folder, "upload")
        path.write_bytes(content)
        report = check_file(path, name)
    assert report.accepted == (report.entry_point is not None)
    return json.loads(json.dumps(report.as_json()))


@given(content=st.binary(max_size=2000), stem=st.text(max_size=10), suffix=st.sampled_from(SUFFIXES))
@settings(deadline=None, max_examples=150)
def test_any_bytes_under_any_name_give_a_report(content, stem, suffix):
    report_of(content, stem + suffix)


@pytest.mark.parametrize("suffix", SEEDS)
@given(data=st.data())
@settings(deadline=None, max_examples=40)
def test_a_sound_file_with_bytes_changed_gives_a_report(suffix, data):
    content = bytearray(SEEDS[suffix])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    report_of(bytes(content[: data.draw(st.integers(1, len(content)))]), f"upload{suffix}")


@pytest.mark.parametrize("media_type", FILES)
@given(data=st.data())
@settings(deadline=None, max_examples=25)
def test_a_damaged_file_is_cleaned_without_an_error(media_type, data):
    content = bytearray(FILES[media_type])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    traces_in(bytes(content[: data.draw(st.integers(1, len(content)))]), media_type)


@given(names=st.lists(NAMES, max_size=6), flags=st.sampled_from([0, 0x800]))
@settings(deadline=None, max_examples=200)
def test_no_archive_publishes_a_path_outside_the_folder(names, flags):
    archive = forged_zip(*[Record(name.encode(errors="surrogatepass"), flags=flags) for name in names])
    with TemporaryDirectory() as folder:
        path = Path(folder, "upload")
        path.write_bytes(archive)
        try:
            published = [file.path for file in unpack(path, "site.zip")]
        except Refused:
            return
        for one in published:
            parts = PurePosixPath(one).parts
            assert parts
            assert not one.startswith("/")
            assert not {"..", ".", ""} & set(parts)
            assert not set(one) & set('\\:\0<>|?*"')
            assert Path(folder, one).resolve().is_relative_to(Path(folder).resolve())
        assert len({one.casefold() for one in published}) == len(published)
