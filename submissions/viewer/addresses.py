"""Where works and their still images are: expiring addresses on the content host, previews on the application's own.

An address of the content host carries a signed token that names an upload, a purpose, an end and the language of our
words around the work, and no person. Its end is rounded to windows of six hours, so that all readers of a window and a
language get one address, which browsers and caches keep.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l
from itsdangerous import BadData, URLSafeSerializer

from hackaviz.kernel.errors import NotAllowed
from hackaviz.web.language import current_language
from submissions.entries.models import Upload
from submissions.viewer.paths import first_path
from submissions.viewer.sizes import FORMS

WINDOW = timedelta(hours=6)


class Purpose(StrEnum):
    """What an address is for: one that shows a work does not hand out the file itself under its own name."""

    SHOW = "show"
    # In a page of any other site: for works that are public.
    EMBED = "embed"
    DOWNLOAD = "download"


class AddressExpired(NotAllowed):
    """The token is too old, or was not made by us."""

    def __init__(self) -> None:
        super().__init__(
            _l("This address has expired. Nothing is lost: go back to the page that showed the work, and reload it.")
        )


@dataclass(frozen=True)
class Grant:
    """What a token allows, until when, and in which language we speak there."""

    upload: str
    purpose: Purpose
    expires_at: datetime
    language: str


def work_url(upload: Upload, now: datetime, purpose: Purpose = Purpose.SHOW) -> str:
    """The live work, for a sandboxed frame; works for six to twelve hours."""
    return f"{_content_url()}/w/{_token(upload, purpose, now)}/{first_path(upload)}"


def alone_url(upload: Upload, now: datetime) -> str:
    """The live work in a window of its own, inside a frame that it cannot leave."""
    return f"{_content_url()}/alone/{_token(upload, Purpose.SHOW, now)}/"


def download_url(upload: Upload, now: datetime) -> str:
    """The file as it was sent, to keep; never offered to a jury that must not know who made it."""
    return f"{_content_url()}/download/{_token(upload, Purpose.DOWNLOAD, now)}"


def preview_url(upload: Upload, size: str) -> str:
    """The still image, "large" or "small"."""
    return url_for("viewer.preview", public_id=upload.public_id, size=size)


def still_sources(upload_public_id: str, stills: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The still image in its widths, as (media type, srcset), the smaller format first."""
    folder = url_for("viewer.preview", public_id=upload_public_id, size="large").rpartition("/")[0]
    return [
        (f"image/{form}", ", ".join(f"{folder}/{each['width']}.{form} {each['width']}w" for each in stills))
        for form in FORMS
        if stills and all(form in each for each in stills)
    ]


def read_token(token: str, now: datetime, *purposes: Purpose) -> Grant:
    """What a token allows. Raises AddressExpired for one that is old, forged or for another purpose."""
    try:
        upload, given, end, language = _signer().loads(token)
        grant = Grant(upload, Purpose(given), datetime.fromtimestamp(end, UTC), language)
    except (BadData, ValueError, TypeError):
        raise AddressExpired from None
    if grant.purpose not in purposes or now >= grant.expires_at:
        raise AddressExpired
    return grant


def _token(upload: Upload, purpose: Purpose, now: datetime) -> str:
    window = int(WINDOW.total_seconds())
    end = (int(now.timestamp()) // window + 2) * window
    token = _signer().dumps([upload.public_id, purpose.value, end, current_language()])
    return token if isinstance(token, str) else token.decode()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="works")


def _content_url() -> str:
    return str(current_app.config["CONTENT_URL"])
