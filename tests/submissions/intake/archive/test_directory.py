"""Archives that lie: two descriptions that disagree, shared bytes, links, protection, odd formats."""

import gzip
import io
import stat
import struct
import subprocess
import time
import tracemalloc
import zipfile

import pytest

from tests.support.uploads import PAGE, Record, forged_zip, overlapping_bomb, zip_bytes

INDEX = Record()
LONG = b"a,b\n" * 1000


@pytest.mark.parametrize(
    ("code", "archive"),
    [
        ("symlink", forged_zip(INDEX, Record("link", b"../../etc/passwd", mode=stat.S_IFLNK | 0o777))),
        ("symlink", forged_zip(INDEX, Record("link", b"x", attributes=0x400))),
        ("not-allowed", forged_zip(INDEX, Record("device", b"", mode=stat.S_IFBLK | 0o666))),
        ("not-allowed", forged_zip(INDEX, Record("pipe", b"", mode=stat.S_IFIFO | 0o666))),
        ("not-allowed", forged_zip(INDEX, Record("socket", b"", mode=stat.S_IFSOCK | 0o666))),
        ("encrypted", forged_zip(INDEX, Record("data.csv", flags=0x1))),
        ("encrypted", forged_zip(INDEX, Record("data.csv", flags=0x41))),
        ("encrypted", forged_zip(INDEX, Record("data.csv", method=99))),
        ("not-allowed", forged_zip(INDEX, Record("data.csv", method=14))),
        ("not-allowed", forged_zip(INDEX, disk=1)),
        ("too-many-files", forged_zip(INDEX, count=0xFFFF)),
        ("malformed", forged_zip(INDEX, Record("data.csv", size=0xFFFFFFFF))),
        ("malformed", forged_zip(INDEX, count=2)),
        ("malformed", forged_zip(Record(local_name=b"other.html"))),
        ("malformed", forged_zip(Record(deflate=True, local_size=5))),
        ("malformed", forged_zip(Record(crc=1))),
        ("malformed", forged_zip(Record(content=b"not deflated", method=8, size=50))),
        ("malformed", forged_zip(Record(deflate=True, size=len(PAGE) + 1))),
        ("zip-bomb", forged_zip(Record(deflate=True, size=len(PAGE) - 1))),
        ("zip-bomb", forged_zip(Record(content=LONG, deflate=True, size=10))),
        ("zip-bomb", forged_zip(INDEX, Record("a", offset=7))),
        ("malformed", forged_zip(INDEX, Record("index.html"))),
        ("malformed", forged_zip(INDEX, Record("0"), Record("0"))),
        ("malformed", forged_zip(INDEX, Record("a"), Record("a/b"))),
        ("malformed", forged_zip(INDEX, Record("a/", b"content of a folder"))),
        ("not-allowed", forged_zip(INDEX, Record("Index.html"))),
        ("malformed", forged_zip(INDEX, Record("e\u0301.csv"), Record("é.csv"))),
        ("zip-bomb", forged_zip(INDEX, Record("b.html", offset=0, local_name=b"index.html"))),
    ],
)
def test_an_archive_that_lies_is_refused(codes, code, archive):
    assert codes(archive, "site.zip") == [code]


def test_every_bad_file_is_told_up_to_twenty(check):
    archive = forged_zip(INDEX, *[Record(f"../{number}") for number in range(30)])
    assert len(check(archive, "site.zip").reasons) == 20


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_an_archive_cut_short_is_malformed(codes, part):
    whole = zip_bytes({"index.html": PAGE, "data.csv": LONG}, method=zipfile.ZIP_STORED)
    assert codes(whole[: int(len(whole) * part)], "site.zip") == ["malformed"]


def test_bytes_after_the_end_are_malformed(codes):
    whole = zip_bytes({"index.html": PAGE})
    assert codes(whole + b"x", "site.zip") == ["malformed"]
    assert codes(whole + whole, "site.zip") == ["malformed"]


def test_a_comment_is_no_fault(codes):
    assert codes(forged_zip(INDEX, comment=b"made by hand PK\5\6"), "site.zip") == []


def test_files_that_share_bytes_are_a_bomb_found_without_unpacking(check):
    started = time.process_time()
    tracemalloc.start()
    report = check(overlapping_bomb(copies=100), "site.zip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {reason.sentence for reason in report.reasons} == {"zip-bomb.overlap"}
    assert time.process_time() - started < 2
    assert peak < 50_000_000


def test_a_ratio_that_no_real_file_has_is_a_bomb(codes):
    assert codes(zip_bytes({"index.html": PAGE, "zeros": bytes(2_000_000)}), "site.zip") == ["zip-bomb"]


def test_the_sum_of_sizes_is_limited(codes):
    files = {"index.html": PAGE, **{f"{number}.csv": LONG for number in range(10)}}
    assert codes(zip_bytes(files), "site.zip", unpacked_bytes=41_000) == []
    assert codes(zip_bytes(files), "site.zip", unpacked_bytes=40_000) == ["zip-bomb"]


def test_the_number_of_files_is_limited_before_they_are_listed(codes):
    files = {"index.html": PAGE, **{f"{number}.csv": b"" for number in range(9)}}
    assert codes(zip_bytes(files), "site.zip", files=10) == []
    assert codes(zip_bytes(files), "site.zip", files=9) == ["too-many-files"]


def test_archives_of_streaming_writers_are_read(codes):
    """Sizes after the content, and 64-bit sizes in local headers, as tools write when they do not know them yet."""

    class Pipe(io.RawIOBase):
        content = b""

        def writable(self):
            return True

        def write(self, piece):
            Pipe.content += bytes(piece)
            return len(piece)

    with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("index.html", "w", force_zip64=True) as file:
            file.write(PAGE)
        archive.mkdir("data")
        archive.writestr("data/ports.csv", LONG)
    assert codes(Pipe.content, "site.zip") == []


def test_archives_of_the_usual_command_are_read(check, tmp_path):
    (tmp_path / "site" / "données").mkdir(parents=True)
    (tmp_path / "site" / "index.html").write_bytes(PAGE)
    (tmp_path / "site" / "données" / "été.csv").write_bytes(LONG)
    try:
        subprocess.run(["zip", "-qr", "site.zip", "site"], cwd=tmp_path, check=True)
    except FileNotFoundError:
        pytest.skip("the command zip is not installed")
    report = check((tmp_path / "site.zip").read_bytes(), "site.zip")
    assert (report.accepted, report.entry_point, report.files) == (True, "site/index.html", 2)


def test_an_archive_inside_is_welcome_while_it_hides_nothing(codes):
    inner = zip_bytes({"ports.csv": LONG})
    assert codes(zip_bytes({"index.html": PAGE, "data.zip": inner}), "site.zip") == []


def test_an_archive_inside_that_is_a_bomb_is_refused(codes):
    def bombs(inner):
        return codes(zip_bytes({"index.html": PAGE, "data.bin": inner}), "site.zip")

    assert bombs(zip_bytes({"zeros": bytes(3_000_000)})) == ["zip-bomb"]
    assert bombs(overlapping_bomb()) == ["zip-bomb"]
    assert bombs(zip_bytes({"more.zip": zip_bytes({"more.zip": zip_bytes({})})})) == ["zip-bomb"]
    assert bombs(gzip.compress(bytes(9_000_000))) == ["zip-bomb"]


def test_archives_inside_count_together(codes):
    inner = {f"{number}.zip": zip_bytes({"ports.csv": LONG}) for number in range(10)}
    archive = zip_bytes({"index.html": PAGE, **inner})
    assert codes(archive, "site.zip", unpacked_bytes=60_000) == []
    assert codes(archive, "site.zip", unpacked_bytes=30_000) == ["zip-bomb"]


def test_a_list_that_is_longer_than_told_costs_nothing(codes):
    """The record at the end says one file, the list goes on for a hundred thousand."""
    honest = forged_zip(INDEX)
    at = honest.index(b"PK\1\2")
    entry = honest[at:-22]
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(entry) * 100_000, at, 0)
    started = time.process_time()
    assert codes(honest[:at] + entry * 100_000 + end, "site.zip") == ["malformed"]
    assert time.process_time() - started < 0.5
