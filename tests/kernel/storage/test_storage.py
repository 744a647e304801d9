import hashlib
import io
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.errors import TooLarge
from hackaviz.kernel.storage import BlobMissing, Storage, StorageUnavailable, open_storage
from hackaviz.settings import ROOT
from tests.support.s3 import BUCKET
from tests.support.servers import free_port

WRITER = Path(__file__).with_name("writer.py")
MEBIBYTE = 1024 * 1024
ABSENT = "sha256/00/" + "0" * 62
HOSTILE_KEYS = [
    "",
    "/etc/passwd",
    "../secret",
    "sha256/../../secret",
    "sha256/ab/../../../secret",
    "sha256/ab/..%2f..%2fsecret",
    "sha256/AB/" + "c" * 62,
    "sha256/ab/" + "c" * 62 + "\n",
    "sha256/ab/" + "c" * 61 + "\0",
    "unfinished/tmp",
]


class Trickle(io.RawIOBase):
    """A stream that gives what a slow network would: a little at a time."""

    def __init__(self, content: bytes, step: int) -> None:
        self._content = io.BytesIO(content)
        self._step = step

    def read(self, size: int = -1) -> bytes:
        return self._content.read(min(size, self._step))


class Broken:
    """A stream whose sender goes away."""

    def __init__(self) -> None:
        self._chunks = iter([b"the beginning"])

    def read(self, size: int, /) -> bytes:
        for chunk in self._chunks:
            return chunk
        raise ConnectionResetError("the sender went away")


def leftovers(tmp_path: Path) -> list[Path]:
    return list(tmp_path.glob("storage/unfinished/*"))


def read(storage: Storage, key: str) -> bytes:
    with storage.open(key) as stream:
        return stream.read()


def writer(url: str, *arguments: str, **options: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(WRITER), url, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        **options,
    )


@pytest.fixture(params=["disk", "s3"])
def storage_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "s3":
        return f"s3://{BUCKET}/{tmp_path.name}-{os.getpid()}?endpoint={request.getfixturevalue('s3_endpoint')}"
    return f"file://{tmp_path / 'storage'}"


def test_what_is_written_can_be_read_under_the_hash_of_its_content(storage):
    blob = storage.write(io.BytesIO(b"a port at night"))

    assert blob.sha256 == hashlib.sha256(b"a port at night").hexdigest()
    assert blob.key == f"sha256/{blob.sha256[:2]}/{blob.sha256[2:]}"
    assert blob.bytes == storage.size(blob.key) == 15
    assert read(storage, blob.key) == b"a port at night"


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    content=st.binary(max_size=5_000),
    step=st.integers(1, 6_000),
    start=st.integers(0, 6_000),
    length=st.integers(0, 6_000),
)
def test_any_bytes_in_any_pieces_come_back_whole_and_in_part(storage, content, step, start, length):
    blob = storage.write(Trickle(content, step))

    assert read(storage, blob.key) == content
    assert storage.read_range(blob.key, start, length) == content[start : start + length]
    with storage.open(blob.key, start=start) as rest:
        assert rest.read() == content[start:]


def test_a_blob_larger_than_a_part_comes_back_whole(storage):
    content = os.urandom(11 * MEBIBYTE + 7)
    blob = storage.write(io.BytesIO(content))

    assert read(storage, blob.key) == content
    assert storage.read_range(blob.key, 10 * MEBIBYTE, 2 * MEBIBYTE) == content[10 * MEBIBYTE :]


def test_the_same_content_is_stored_once(storage):
    first = storage.write(io.BytesIO(b"same"))
    assert storage.write(io.BytesIO(b"same")) == first
    assert list(storage.keys()) == [first.key]


def test_keys_lists_what_is_there_and_delete_forgets_it(storage):
    kept, dropped = storage.write(io.BytesIO(b"kept")), storage.write(io.BytesIO(b"dropped"))
    assert set(storage.keys()) == {kept.key, dropped.key}

    storage.delete(dropped.key)
    storage.delete(dropped.key)

    assert list(storage.keys()) == [kept.key]
    assert storage.exists(kept.key)
    assert not storage.exists(dropped.key)


def test_what_was_written_since_an_instant_is_neither_listed_nor_forgotten_by_it(storage):
    blob, hour = storage.write(io.BytesIO(b"again")), timedelta(hours=1)
    earlier, later = utc_now() - hour, utc_now() + hour
    assert (list(storage.keys(before=earlier)), list(storage.keys(before=later))) == ([], [blob.key])
    storage.delete(blob.key, before=earlier)
    assert storage.exists(blob.key)
    storage.delete(blob.key, before=later)
    storage.delete(blob.key, before=later)
    assert not storage.exists(blob.key)


def test_one_byte_more_than_the_limit_is_refused_and_leaves_nothing(storage, tmp_path):
    with pytest.raises(TooLarge):
        storage.write(Trickle(b"x" * 101, 10), limit=100)

    assert list(storage.keys()) == []
    assert leftovers(tmp_path) == []
    assert storage.write(Trickle(b"x" * 100, 10), limit=100).bytes == 100


def test_a_sender_that_goes_away_leaves_nothing(storage, tmp_path):
    with pytest.raises(ConnectionResetError):
        storage.write(Broken())

    assert list(storage.keys()) == []
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize("key", [*HOSTILE_KEYS, ABSENT])
def test_a_key_that_names_nothing_reads_nothing_and_deletes_nothing(storage, tmp_path, key):
    secret = tmp_path / "secret"
    secret.write_text("not yours")

    assert not storage.exists(key)
    for reading in (storage.open, storage.size, lambda key: storage.read_range(key, 0, 1)):
        with pytest.raises(BlobMissing):
            reading(key)
    storage.delete(key)
    assert secret.read_text() == "not yours"


@pytest.mark.parametrize("moment", ["half-way", "at-the-end"])
def test_a_writer_that_is_killed_leaves_no_half_blob(storage_url, moment):
    with writer(storage_url, str(32 * MEBIBYTE), moment) as process:
        assert process.stdout.readline().strip() == moment
        process.send_signal(signal.SIGKILL)

    storage = open_storage(storage_url)
    for key in storage.keys():
        assert hashlib.sha256(read(storage, key)).hexdigest() == key.removeprefix("sha256/").replace("/", "")
    if moment == "half-way":
        assert list(storage.keys()) == []
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    storage.discard_unfinished(before=tomorrow)
    assert storage.discard_unfinished(before=tomorrow) == 0


@pytest.mark.storage("disk")
def test_only_unfinished_writes_of_before_are_discarded(storage, tmp_path):
    storage.check()
    old, new = tmp_path / "storage/unfinished/old", tmp_path / "storage/unfinished/new"
    for part in (old, new):
        part.write_bytes(b"half")
    an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
    os.utime(old, (an_hour_ago.timestamp() - 60,) * 2)

    assert storage.discard_unfinished(before=an_hour_ago) == 1
    assert leftovers(tmp_path) == [new]


def test_memory_stays_flat_whatever_the_size(storage_url):
    process = writer(storage_url, str(200 * MEBIBYTE), "grow")
    output, _ = process.communicate()
    assert int(output) < 16 * MEBIBYTE


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path):
    url = f"file://{tmp_path / 'storage'}"

    def cap_file_size() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (MEBIBYTE, MEBIBYTE))

    process = writer(url, str(8 * MEBIBYTE), "plain", preexec_fn=cap_file_size)
    output, _ = process.communicate()

    assert output.strip() == "StorageUnavailable"
    assert list(open_storage(url).keys()) == []
    assert leftovers(tmp_path) == []


def unusable(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "a-file").write_text("")
    yield f"file://{tmp_path / 'a-file' / 'storage'}"
    yield f"s3://{BUCKET}/x?endpoint=http://127.0.0.1:{free_port()}&region=eu-west-3"


def test_a_storage_that_does_not_work_says_so(tmp_path, s3_endpoint):
    for url in [*unusable(tmp_path), f"s3://no-such-bucket/x?endpoint={s3_endpoint}"]:
        storage = open_storage(url)
        with pytest.raises(StorageUnavailable):
            storage.check()
        with pytest.raises(StorageUnavailable):
            storage.write(io.BytesIO(b"x"))


def test_a_storage_that_works_is_silent(storage):
    storage.check()


@pytest.mark.parametrize("url", ["", "/var/blobs", "file://host/path", "file:relative", "s3:///x", "ftp://host/x"])
def test_an_address_of_another_kind_is_refused(url):
    with pytest.raises(ValueError, match="a storage address is"):
        open_storage(url)
