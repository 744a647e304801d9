"""A stored file as a response: whole or a part of it, streamed, named by its content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from hackaviz.web.storage import current_storage


@dataclass(frozen=True)
class Blob:
    """Where bytes are, how many, what they are; `sha256` names them."""

    key: str
    bytes: int
    sha256: str
    media_type: str


def drawn_blob(key: str, size: int) -> Blob:
    """An image that a job has drawn; keys are made of the content's SHA-256."""
    return Blob(key, size, key.removeprefix("sha256/").replace("/", ""), "image/webp")


def kept_until(now: datetime, end: datetime) -> str:
    """The caching of what has an expiring address: content never changes under it."""
    return f"public, max-age={int((end - now).total_seconds())}, immutable"


def send_blob(blob: Blob, *, cache: str) -> Response:
    """Answer 200, 206 for a range, 304 when the reader has it, 416 for a range outside it."""
    if request.if_none_match.contains(blob.sha256):
        response = Response(status=304)
    else:
        start, stop = _asked_part(blob)
        response = Response(_body(blob, start, stop), content_type=blob.media_type, direct_passthrough=True)
        response.content_length = stop - start
        if stop - start < blob.bytes:
            response.status_code = 206
            response.content_range.set(start, stop, blob.bytes)
    response.set_etag(blob.sha256)
    response.accept_ranges = "bytes"
    response.headers["Cache-Control"] = cache
    return response


def _asked_part(blob: Blob) -> tuple[int, int]:
    """From and to, as slices count; all of it unless exactly one range is asked, of this very content."""
    asked, condition = request.range, request.if_range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or condition.date is not None:
        return 0, blob.bytes
    if condition.etag is not None and condition.etag != blob.sha256:
        return 0, blob.bytes
    part = asked.range_for_length(blob.bytes)
    if part is None or part[0] is None or part[1] is None:
        raise RequestedRangeNotSatisfiable(length=blob.bytes)
    return part[0], part[1]


def _body(blob: Blob, start: int, stop: int) -> Iterable[bytes]:
    if request.method == "HEAD" or start == stop:
        return ()
    length = None if stop == blob.bytes else stop - start
    stream = current_storage().open(blob.key, start=start, length=length)
    return wrap_file(request.environ, stream, buffer_size=64 * 1024)
