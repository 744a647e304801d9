"""What arrives in pieces: appended to a file of ours, or put in parts into a bucket with signed addresses."""

import io
import threading
import urllib.error
import urllib.request
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from hackaviz.kernel.storage import BlobMissing, PartsMissing, StorageUnavailable, WrongOffset, open_storage

MEBIBYTE = 1 << 20
only_on_disk = pytest.mark.storage("disk")
only_in_a_bucket = pytest.mark.storage("s3")


def append(storage, content, at):
    with storage.incoming.appending("one", at=at) as write:
        write(content)


@only_on_disk
def test_pieces_make_one_file(storage):
    storage.incoming.begin("one")
    append(storage, b"port", 0)
    append(storage, b" of call", 4)
    assert storage.incoming.offset("one") == 12
    with storage.incoming.on_disk("one") as path:
        assert path.read_bytes() == b"port of call"


@only_on_disk
@pytest.mark.parametrize("at", [0, 3, 5])
def test_a_piece_that_belongs_elsewhere_is_refused_and_changes_nothing(storage, at):
    storage.incoming.begin("one")
    append(storage, b"port", 0)
    with pytest.raises(WrongOffset) as refusal:
        append(storage, b"x", at)
    assert (refusal.value.offset, storage.incoming.offset("one")) == (4, 4)


@only_on_disk
def test_what_came_before_a_line_broke_is_kept(storage):
    storage.incoming.begin("one")
    with suppress(ConnectionError), storage.incoming.appending("one", at=0) as write:
        write(b"port")
        raise ConnectionError
    assert storage.incoming.offset("one") == 4


@only_on_disk
def test_of_two_senders_one_goes_on_and_the_other_stops(storage):
    storage.incoming.begin("one")
    with storage.incoming.appending("one", at=0) as stalled:
        stalled(b"ab")
        append(storage, b"cd", 2)
        with pytest.raises(WrongOffset):
            stalled(b"XX")
    with storage.incoming.on_disk("one") as path:
        assert path.read_bytes() == b"abcd"


@only_on_disk
def test_senders_who_race_never_mix_their_bytes(storage):
    storage.incoming.begin("one")
    sent = bytes(range(256)) * 40

    def send():
        at = 0
        while at < len(sent):
            try:
                with storage.incoming.appending("one", at=at) as write:
                    for start in range(at, len(sent), 100):
                        write(sent[start : start + 100])
                        at = start + 100
            except WrongOffset as refusal:
                at = refusal.offset

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    with storage.incoming.on_disk("one") as path:
        assert path.read_bytes() == sent


@only_on_disk
def test_what_was_never_begun_is_missing(storage):
    with pytest.raises(BlobMissing):
        storage.incoming.offset("other")
    with pytest.raises(BlobMissing):
        append(storage, b"x", 0)
    storage.incoming.discard("other", None)


def put(address, content):
    request = urllib.request.Request(address, data=content, method="PUT")
    with urllib.request.urlopen(request) as answer:
        return answer.status


@only_in_a_bucket
def test_parts_put_by_a_browser_make_one_object(storage):
    incoming = storage.incoming
    multipart = incoming.begin("one")
    whole = b"a" * incoming.part_bytes + b"the end"
    for number, part in enumerate((whole[: incoming.part_bytes], whole[incoming.part_bytes :]), start=1):
        assert put(incoming.part_address("one", multipart, number, len(part)), part) == 200
    assert [part.bytes for part in incoming.parts("one", multipart)] == [incoming.part_bytes, 7]
    for _twice in range(2):
        incoming.complete("one", multipart, len(whole))
    with incoming.on_disk("one") as path:
        assert path.read_bytes() == whole
    incoming.discard("one", multipart)
    with pytest.raises(BlobMissing), incoming.on_disk("one"):
        pass


@only_in_a_bucket
def test_what_is_not_whole_is_not_joined(storage):
    multipart = storage.incoming.begin("one")
    put(storage.incoming.part_address("one", multipart, 1, 4), b"part")
    with pytest.raises(PartsMissing):
        storage.incoming.complete("one", multipart, 5)
    put(storage.incoming.part_address("one", multipart, 3, 1), b"x")
    with pytest.raises(PartsMissing):
        storage.incoming.complete("one", multipart, 5)


@only_in_a_bucket
def test_no_more_is_put_than_was_signed(storage):
    multipart = storage.incoming.begin("one")
    with pytest.raises(urllib.error.HTTPError) as refusal:
        put(storage.incoming.part_address("one", multipart, 1, 4), b"much more")
    assert refusal.value.code == 403
    refusal.value.close()


@only_in_a_bucket
def test_a_discarded_upload_is_gone(storage):
    multipart = storage.incoming.begin("one")
    put(storage.incoming.part_address("one", multipart, 1, 4), b"part")
    for _twice in range(2):
        storage.incoming.discard("one", multipart)
    with pytest.raises(BlobMissing):
        storage.incoming.parts("one", multipart)


@only_in_a_bucket
def test_what_lies_in_a_bucket_is_known_by_its_age(storage):
    half, whole = storage.incoming.begin("half"), storage.incoming.begin("whole")
    put(storage.incoming.part_address("whole", whole, 1, 4), b"part")
    storage.incoming.complete("whole", whole, 4)
    storage.write(io.BytesIO(b"a blob is nothing that arrives"))
    now = datetime.now(UTC)
    assert storage.incoming.untouched(since=now - timedelta(hours=1)) == []
    lain = storage.incoming.untouched(since=now + timedelta(hours=1))
    assert sorted(lain, key=str) == [("half", half), ("whole", None)]
    storage.discard_unfinished(before=now + timedelta(hours=1))
    assert storage.incoming.parts("half", half) == [], "what arrives is no unfinished blob"


@only_on_disk
def test_what_lies_on_a_disk_is_known_by_its_age(storage):
    assert storage.incoming.untouched(since=datetime.now(UTC)) == []
    storage.incoming.begin("one")
    now = datetime.now(UTC)
    assert storage.incoming.untouched(since=now - timedelta(hours=1)) == []
    assert storage.incoming.untouched(since=now + timedelta(hours=1)) == [("one", None)]


def test_a_bucket_that_does_not_answer_says_so(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    dead = open_storage("s3://bucket/prefix?endpoint=http://127.0.0.1:9&region=eu-west-3")
    with pytest.raises(StorageUnavailable):
        dead.incoming.begin("one")
    assert dead.browsers_reach == "http://127.0.0.1:9"


@only_on_disk
def test_files_of_our_disk_come_through_the_application(storage):
    assert storage.browsers_reach == ""
