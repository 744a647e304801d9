import io
import tarfile

import pytest

from submissions.intake.annex import check_annex, check_annex_confined
from submissions.intake.limits import Limits
from tests.support.uploads import PAGE, Record, forged_zip, zip_bytes


def tar(mode: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        member = tarfile.TarInfo("src/plot.py")
        member.size = 4
        archive.addfile(member, io.BytesIO(b"plot"))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "names"),
    [
        ("analysis.R", b"plot(x)", ()),
        ("source.zip", zip_bytes({"src/plot.py": b"x", "../readme": b"x"}), ("src/plot.py",)),
        ("source.tar", tar("w"), ("src/plot.py",)),
        ("source.tar.gz", tar("w:gz"), ("src/plot.py",)),
        ("source.tgz", tar("w:gz"), ("src/plot.py",)),
        ("source.7z", b"7z\xbc\xaf\x27\x1c" + bytes(50), ()),
        ("source.tar.xz", b"\xfd7zXZ\0 cut short", ()),
    ],
)
def test_sources_are_kept_and_archives_listed(tmp_path, name, content, names):
    path = tmp_path / "upload"
    path.write_bytes(content)
    report = check_annex(path, name)
    assert (report.accepted, report.names, report.bytes) == (True, names, len(content))
    assert check_annex_confined(path, name) == report


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("source.zip", b"", "empty"),
        ("program.exe", b"MZ", "not-allowed"),
        ("source.zip", PAGE, "type-mismatch"),
        ("source.zip", forged_zip(Record("a.py", flags=1)), "encrypted"),
        ("source.zip", zip_bytes({"a.py": b"x"})[:-5], "malformed"),
        ("plot.py", b"x" * 2_000_000, "too-large"),
    ],
)
def test_what_is_no_source_is_refused(tmp_path, name, content, code):
    path = tmp_path / "upload"
    path.write_bytes(content)
    report = check_annex(path, name, Limits(bytes=1_000_000))
    assert [str(each.code) for each in report.reasons] == [code]
    assert check_annex_confined(path, name, Limits(bytes=1_000_000)) == report
