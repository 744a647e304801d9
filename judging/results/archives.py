"""ZIP files as answers: never kept by browsers or proxies, since they may hold what is under embargo."""

from tempfile import SpooledTemporaryFile
from typing import IO

from flask import send_file
from werkzeug.wrappers import Response

KEPT_IN_MEMORY = 20_000_000


def room_for_zip() -> IO[bytes]:
    """A file to pack into, on disk once it is large; the answer closes it."""
    return SpooledTemporaryFile(max_size=KEPT_IN_MEMORY)


def as_zip(packed: IO[bytes], name: str) -> Response:
    """An answer that browsers save under a name."""
    answer = send_file(packed, "application/zip", as_attachment=True, download_name=name)
    # Flask would let everybody keep it for as long as static files; the application then says what holds for pages.
    for header in ("Cache-Control", "Expires"):
        answer.headers.pop(header, None)
    return answer
