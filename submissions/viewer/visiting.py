"""A work as the browser of the job process sees it: served on this machine only, at an address that exists nowhere."""

from pathlib import Path

from flask import Flask

from hackaviz.kernel.clock import utc_now
from submissions.entries.models import Upload
from submissions.viewer.addresses import work_url
from submissions.viewer.browser import HOST, Visit, visit
from submissions.viewer.content.application import create_content_app
from submissions.viewer.loopback import served
from submissions.viewer.paths import first_path


def visit_work(app: Flask, upload: Upload, folder: Path, views: dict[str, tuple[int, int]]) -> Visit:
    """Load a work once for each view, with the network cut. Raises NoBrowser or NoPicture."""
    content = create_content_app(app, CONTENT_URL=f"http://{HOST}", BASE_URL=f"http://{HOST}")
    with content.app_context():
        url = work_url(upload, utc_now())
    room = folder / "browser"
    room.mkdir()
    # An unprivileged user must pass through.
    folder.chmod(0o711)
    room.chmod(0o711)
    with served(content) as port:
        return visit(url, own=url.removesuffix(first_path(upload)), port=port, folder=room, views=views)
