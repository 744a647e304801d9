"""The awarded works as they are shown: live over their still images."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from judging.results.reading import ShownAward
from submissions.entries.models import Upload
from submissions.entries.queries import kept_from_public
from submissions.viewer.frame import Frame, frame_of


def live_works(session: Session, edition: Edition, awards: Sequence[ShownAward], now: datetime) -> Mapping[str, Frame]:
    """Entry → its frame, by public identifiers. Works whose team does not agree to be shown are left out."""
    hidden = kept_from_public(session, edition)
    shown = {award.entry["upload"]: award.entry for award in awards if award.entry["public_id"] not in hidden}
    uploads = session.scalars(select(Upload).where(Upload.public_id.in_(shown)))
    return {
        entry["public_id"]: frame_of(session, upload, title=entry["title"], alt=entry["text_alternative"], now=now)
        for upload in uploads
        if (entry := shown[upload.public_id])
    }
