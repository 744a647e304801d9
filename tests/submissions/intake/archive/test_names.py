import zlib

import pytest

from submissions.intake.files import unpack
from tests.support.uploads import Record, forged_zip


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../evil.js", "zip-slip"),
        ("a/../../evil.js", "zip-slip"),
        ("a/..", "zip-slip"),
        ("..\\evil.js", "zip-slip"),
        ("a\\..\\..\\evil.js", "zip-slip"),
        ("/etc/passwd", "zip-slip"),
        ("//server/share", "zip-slip"),
        ("\\windows\\evil.dll", "zip-slip"),
        ("C:\\evil.js", "zip-slip"),
        ("c:evil.js", "zip-slip"),
        ("C:/evil.js", "zip-slip"),
        ("__MACOSX/../../evil.js", "zip-slip"),
        ("folder\\file.js", None),
        ("evil\0.js", "malformed"),
        ("evil\n.js", "malformed"),
        ("photo\u202egpj.js", "malformed"),
        ("\u200eWhatsApp.jpg", "malformed"),
        ("a/\u2066b.js", "malformed"),
        ("👩\u200d💻 équipe.js", None),
        ("Icon\r", None),
        ("__MACOSX/._what?.csv", None),
        (".git/refs/aux", None),
        ("", "malformed"),
        ("x" * 256, "malformed"),
        ("é" * 128, "malformed"),
        ("a/" * 50 + "b", "malformed"),
        (b"\xff\xfe.js", None),
        ("CON", "not-allowed"),
        ("data/nul.csv", "not-allowed"),
        ("Com1.txt", "not-allowed"),
        ("what?.csv", "not-allowed"),
        ("a:b.csv", "zip-slip"),
        ("ab:c.csv", "not-allowed"),
        ("end.", "not-allowed"),
        ("end /b", "not-allowed"),
        ("console.js", None),
        ("...rest.js", None),
        ("x" * 255, None),
        ("a//b.js", None),
        ("%2e%2e/b.js", None),
    ],
)
def test_names_that_leave_the_folder_or_cannot_be_stored_are_refused(codes, name, code):
    assert codes(forged_zip(Record(), Record(name)), "site.zip") == ([code] if code else [])


RIGHT_NAME = "été.csv".encode()
CHECKED = b"\1" + zlib.crc32(b"?t?.csv").to_bytes(4, "little") + RIGHT_NAME
UNICODE_PATH = b"up" + len(CHECKED).to_bytes(2, "little") + CHECKED


@pytest.mark.parametrize(
    "record",
    [
        Record("été.csv", flags=0x800),
        Record("été.csv"),
        Record("e\u0301te\u0301.csv"),
        Record("été.csv".encode("cp437")),
        Record(b"?t?.csv", extra=UNICODE_PATH),
    ],
    ids=["flagged", "macos", "decomposed", "windows", "info-zip"],
)
def test_accents_come_out_right_whatever_made_the_archive(tmp_path, record):
    path = tmp_path / "upload"
    path.write_bytes(forged_zip(record))
    assert [file.path for file in unpack(path, "site.zip")] == ["été.csv"]


def test_a_name_that_claims_utf8_and_is_not_is_malformed(codes):
    assert codes(forged_zip(Record(), Record(b"\xe9.csv", flags=0x800)), "site.zip") == ["malformed"]
