"""A stored file as a response: whole, packed or a part of it, streamed, named by its content."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import wrap_file

from hackaviz.web.storage import current_storage
from submissions.viewer.content.packing import PackedFiles, is_packable

packed_files = PackedFiles()


@dataclass(frozen=True)
class Blob:
    """Where bytes are, how many, what they are; `sha256` names them."""

    key: str
    bytes: int
    sha256: str
    media_type: str

    @property
    def packed_name(self) -> str:
        """What names the packed form, which is another answer than the plain one."""
        return f"{self.sha256}-gzip"


def drawn_blob(key: str, size: int, media_type: str = "image/webp") -> Blob:
    """An image that a job has drawn; keys are made of the content's SHA-256."""
    return Blob(key, size, key.removeprefix("sha256/").replace("/", ""), media_type)


def kept_until(now: datetime, end: datetime) -> str:
    """The caching of what has an expiring address: content never changes under it."""
    return f"public, max-age={int((end - now).total_seconds())}, immutable"


def send_blob(blob: Blob, *, cache: str) -> Response:
    """Answer 200, 206 for a range, 304 when the reader has it, 416 for a range outside it.

    Text is packed for readers who ask for the whole of it; parts are always parts of the plain file.
    """
    packable = is_packable(blob.media_type, blob.bytes)
    packs = packable and "Range" not in request.headers and request.accept_encodings.quality("gzip") > 0
    name = blob.packed_name if packs else blob.sha256
    if request.if_none_match.contains(name):
        response = Response(status=304)
    else:
        response = _packed(blob) if packs else _plain(blob)
    response.set_etag(name)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Cache-Control"] = cache
    if packable:
        response.headers["Vary"] = "Accept-Encoding"
    return response


def _packed(blob: Blob) -> Response:
    body = packed_files.find(blob.sha256)
    if body is None:
        with current_storage().open(blob.key) as stream:
            body = packed_files.pack(blob.sha256, stream.read())
    response = Response(body, content_type=blob.media_type)
    response.headers["Content-Encoding"] = "gzip"
    return response


def _plain(blob: Blob) -> Response:
    part = _asked_part(blob)
    start, stop = part or (0, blob.bytes)
    response = Response(_body(blob, start, stop), content_type=blob.media_type, direct_passthrough=True)
    response.content_length = stop - start
    if part is not None:
        response.status_code = 206
        response.content_range.set(start, stop, blob.bytes)
    return response


def _asked_part(blob: Blob) -> tuple[int, int] | None:
    """From and to, as slices count; None unless exactly one range is asked, of this very content."""
    asked, condition = request.range, request.if_range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or condition.date is not None:
        return None
    if condition.etag is not None and condition.etag != blob.sha256:
        return None
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
