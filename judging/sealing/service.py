"""Sealing a result: once for each result, each seal chained to the one before."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict
from judging.scoring.marks_log import problems_of
from judging.sealing.document import content_digest, file_digest, file_of, public_form
from judging.sealing.gathering import Gathering, name_jurors
from judging.sealing.models import Seal
from judging.sealing.queries import seals_of


class MarksAltered(Conflict):
    """Marks were changed behind the application's back: no seal could be verified."""

    code = "marks-altered"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Some reviews are not what the log of marks says that their jurors saved. Nothing was sealed, and "
                "nothing was changed. Ask whoever runs this platform to call “flask doctor”, which names each review, "
                "and to restore what was saved from a backup; then seal again."
            )
        )


def seal(session: Session, *, edition: Edition, actor: Person | None, now: datetime) -> Seal:
    """Seal the result as it stands; a result that is sealed already keeps its seal. Raises MarksAltered."""
    lock_row(session, edition)
    if problems_of(session, edition):
        raise MarksAltered
    name_jurors(session, edition)
    earlier = seals_of(session, edition)
    last = earlier[0] if earlier else None
    number = last.number + 1 if last else 1
    full = Gathering(session, edition).full(number=number, previous=last, now=now)
    content = content_digest(full)
    if last is not None and last.content_sha256 == content:
        return last
    public = public_form(full)
    made = Seal(
        edition_id=edition.id,
        number=number,
        sealed_at=now,
        sealed_by_id=actor.id if actor else None,
        content_sha256=content,
        full=file_of(full),
        full_sha256=file_digest(full),
        public=file_of(public),
        public_sha256=file_digest(public),
    )
    session.add(made)
    facts = {"number": number, "sha256": made.public_sha256}
    record(session, "results.seal", subject=made, actor=actor, now=now, edition_id=edition.id, **facts)
    return made


def is_current(session: Session, edition: Edition, last: Seal, now: datetime) -> bool:
    """Whether a seal still says what the database says."""
    again = Gathering(session, edition).full(number=last.number, previous=None, now=now)
    return content_digest(again) == last.content_sha256
