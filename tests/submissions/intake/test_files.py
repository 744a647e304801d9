from pathlib import PurePosixPath

import pytest

from submissions.intake.files import public_files, unpack
from submissions.intake.report import Refused
from tests.support.uploads import PAGE, Record, forged_zip, image_bytes, zip_bytes


def test_a_site_is_its_files_with_their_types(check, tmp_path):
    files = {"index.html": PAGE, "data/été.csv": "port;été".encode("latin-1") * 50_000, "__MACOSX/x": b"x", "d/": b""}
    report = check(zip_bytes(files), "site.zip")
    published = [
        (file.path, file.media_type, file.stream.read())
        for file in public_files(tmp_path / "upload", "static-site", "site.zip")
    ]
    assert published == [
        ("index.html", "text/html; charset=utf-8", PAGE),
        ("data/été.csv", "text/csv; charset=windows-1252", files["data/été.csv"]),
    ]
    assert report.files == len(published)
    assert report.entry_point in [path for path, *_ in published]


def test_a_single_file_is_a_list_of_one_that_holds_the_entry_point(check, tmp_path):
    content = image_bytes("PNG")
    report = check(content, "C:\\Ma carte.png")
    published = [
        (file.path, file.media_type, file.stream.read())
        for file in public_files(tmp_path / "upload", "image", "C:\\Ma carte.png")
    ]
    assert published == [(report.entry_point, "image/png", content)]


def test_a_stream_is_read_in_pieces_of_any_size(tmp_path):
    content = bytes(range(256)) * 1000
    path = tmp_path / "upload"
    path.write_bytes(zip_bytes({"a.bin": content}))
    for file in unpack(path, "site.zip"):
        pieces = iter(lambda stream=file.stream: stream.read(777), b"")
        assert b"".join(pieces) == content


@pytest.mark.parametrize("name", ["../evil.js", "/etc/passwd", "C:\\x"])
def test_nothing_is_given_of_an_archive_that_a_check_refuses(tmp_path, name):
    path = tmp_path / "upload"
    path.write_bytes(forged_zip(Record(), Record(name)))
    with pytest.raises(Refused):
        next(unpack(path, "site.zip"))


def test_a_stream_that_is_more_than_declared_stops(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(forged_zip(Record("a.bin", bytes(1_000_000), deflate=True, size=10)))
    files = unpack(path, "site.zip")
    with pytest.raises(Refused):
        next(files).stream.read()


def test_paths_are_always_relative(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(zip_bytes({"./a//b.js": b"1", "c/./d.js": b"2"}))
    paths = [PurePosixPath(file.path) for file in unpack(path, "site.zip")]
    assert [str(one) for one in paths] == ["a/b.js", "c/d.js"]
