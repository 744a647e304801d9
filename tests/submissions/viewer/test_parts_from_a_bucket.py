"""A reader jumps about in a film that lies in a bucket: each part comes from there, and only that part."""

import os
import uuid
from dataclasses import replace

import pytest

from hackaviz.kernel.clock import utc_now
from submissions.viewer.addresses import work_url
from tests.support.s3 import BUCKET
from tests.support.uploads import zip_bytes

pytestmark = pytest.mark.database("sqlite")
# Longer than a part of the bucket, and nothing that could be packed.
FILM = os.urandom(6_000_000)


@pytest.fixture
def settings(settings, s3_endpoint):
    return replace(settings, storage_url=f"s3://{BUCKET}/{uuid.uuid4().hex}?endpoint={s3_endpoint}")


@pytest.fixture
def film(make_work, address):
    """Where a film beside a page is."""
    site = {"index.html": b"<video src=film.mp4></video>", "film.mp4": FILM}
    return address(work_url, make_work("site.zip", zip_bytes(site)), utc_now()).replace("index.html", "film.mp4")


def test_every_part_that_is_asked_for_comes(content_client, film):
    total = len(FILM)
    asked = {"0-": (0, total), "0-1": (0, 2), "5500000-": (5_500_000, total), "-9": (total - 9, total)}
    for words, (start, stop) in asked.items():
        part = content_client.get(film, headers={"Range": f"bytes={words}"})
        assert part.data == FILM[start:stop]
        assert part.content_length == stop - start
        # Also for the whole: a reader who asks for a range from 0 on wants to know whether parts are given.
        assert part.status_code == 206
        assert part.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{total}"


def test_a_part_outside_the_film_or_of_another_one_is_not_given(content_client, film):
    outside = content_client.get(film, headers={"Range": f"bytes={len(FILM)}-"})
    assert (outside.status_code, outside.headers["Content-Range"]) == (416, f"bytes */{len(FILM)}")
    other = content_client.get(film, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    assert (other.status_code, len(other.data)) == (200, len(FILM))


def test_the_head_says_that_parts_are_given(content_client, film):
    head = content_client.head(film)
    assert (head.status_code, head.content_length, head.data) == (200, len(FILM), b"")
    assert head.headers["Accept-Ranges"] == "bytes"


def test_a_reader_who_goes_away_in_the_middle_leaves_the_bucket_usable(content_client, film):
    for _ in range(12):
        answer = content_client.get(film, headers={"Range": "bytes=100-"}, buffered=False)
        next(answer.response)
        answer.close()
    assert content_client.get(film, headers={"Range": "bytes=0-9"}).data == FILM[:10]
