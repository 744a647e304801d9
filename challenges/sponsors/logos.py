"""A sponsor's logo: what an organiser sends is drawn anew as a small PNG, so that nothing else comes with it."""

from datetime import datetime
from io import BytesIO
from typing import IO, Any

from flask_babel import lazy_gettext as _l
from PIL import Image
from sqlalchemy.orm import Session

from challenges.sponsors.models import Sponsor
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.storage import Storage

FORMATS = ("PNG", "JPEG", "WEBP")
LARGEST = (800, 400)
MOST_PIXELS = 25_000_000


class TooManyPixels(Invalid):
    """A picture that would take too much memory."""

    def __init__(self) -> None:
        super().__init__(_l("This picture is too large. Send one of at most 5,000 pixels a side."), field="logo")


def store_logo(sent: IO[bytes], storage: Storage) -> str:
    """Draw a logo and store it; its key. Raises Invalid for what is no picture, or too large a one."""
    drawn = BytesIO()
    try:
        with Image.open(sent, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise TooManyPixels
            shown = picture.convert("RGBA")
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except (OSError, SyntaxError, ValueError) as error:
        raise Invalid(_l("This is no picture. Send a PNG, JPEG or WebP file."), field="logo") from error
    shown.thumbnail(LARGEST)
    shown.save(drawn, "PNG")
    drawn.seek(0)
    return storage.write(drawn).key


def set_logo(session: Session, *, sponsor: Sponsor, logo_key: str, actor: Any, now: datetime) -> None:
    """Show this logo beside the sponsor's name."""
    sponsor.logo_key = logo_key
    record(
        session, "sponsor.logo", subject=sponsor, actor=actor, now=now, edition_id=sponsor.edition_id,
        name=sponsor.name, logo=logo_key,
    )  # fmt: skip
    session.flush()
