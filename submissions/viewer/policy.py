"""Who may see an upload and its still image."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.policy import may_organise
from hackaviz.kernel.errors import NotFound
from submissions.entries import policy as entries
from submissions.entries.models import Upload
from submissions.teams.policy import is_member
from submissions.viewer.models import Preview
from submissions.viewer.queries import preview_with_entry
from submissions.viewer.registry import viewer_registry


def is_public(upload: Upload, now: datetime) -> bool:
    """Whether everybody may see it: it is the file of the version that counts, and the results are public."""
    version = upload.entry.current_version
    return version is not None and version.upload_id == upload.id and entries.is_public(upload.entry, now)


def may_open(person: Any, upload: Upload, now: datetime) -> bool:
    """Everybody once it is public; before, the team, the organisers, and whom other rooms admit."""
    if is_public(upload, now):
        return True
    if not person.is_authenticated:
        return False
    if is_member(person, upload.entry.team) or may_organise(person, upload.entry.edition):
        return True
    return any(admits(person, upload, now) for admits in viewer_registry().may_open)


def find_preview(session: Session, upload_public_id: str, person: Any, now: datetime) -> Preview:
    """The still image at an address. Raises NotFound when there is none that this person may see."""
    preview = preview_with_entry(session, upload_public_id)
    if preview is None or not may_open(person, preview.upload, now):
        raise NotFound(_l("There is no image at this address, or it is not public yet."))
    return preview
