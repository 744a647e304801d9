"""An edition that is judged, awarded and funded, with a stored work: where what must always hold can be broken."""

from datetime import datetime
from io import BytesIO

from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.rules import Phase
from hackaviz.kernel.audit import record
from hackaviz.web.storage import current_storage
from judging.prizes.service import award_by_ranking
from tests import factories as make

WORK = b"a work"


def judged_edition(app: Flask, session: Session, now: datetime) -> Edition:
    """A funded award, and all that leads to it."""
    edition = make.make_edition(session, Phase.DELIBERATION, now=now, reviews_needed=1)
    challenge = make.make_challenge(session, edition, criteria=1)
    make.make_prize(session, edition, challenge, 50_000)
    make.make_pledge(session, make.make_sponsor(session, edition), 60_000, name="Main")
    with app.app_context():
        blob = current_storage().write(BytesIO(WORK))
    entry = make.make_handed_in_entry(session, challenge)
    record(session, "entry.hand_in", subject=entry, actor=None, now=now, edition_id=edition.id)
    make.make_upload(session, entry, storage_key=blob.key)
    for table in ("uploads", "upload_files"):
        session.execute(text(f"UPDATE {table} SET storage_key = :key"), {"key": blob.key})
    make.make_review(session, make.make_juror(session, edition), entry, [4])
    award_by_ranking(session, edition=edition, actor=None, now=now)
    return edition
