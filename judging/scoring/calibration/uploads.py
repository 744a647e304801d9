"""Training works that organisers bring: through the same intake as entries, out of every contest.

Each is an entry of an edition that is never published, kept for nothing else, so that all that shows works (copies,
stills, the other host) shows them too. They are never handed in: that is how they are told apart.
"""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition, Visibility
from challenges.editions.queries import SHELF
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Conflict as Refusal
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.identifiers import fold, new_public_id
from judging.panels.service import lock_panel
from judging.scoring.calibration.models import TrainingWork
from judging.scoring.calibration.queries import works_of
from submissions.entries.models import Entry
from submissions.entries.queries import draw_number
from submissions.entries.reception import Received
from submissions.entries.service import note_upload
from submissions.teams.models import Team

MOST_WORKS = 4


def add_uploaded_work(
    session: Session,
    *,
    edition: Edition,
    challenge: Challenge,
    title: str,
    message: str,
    received: Received,
    actor: Person,
    now: datetime,
) -> TrainingWork:
    """Add a file to the works that the jury scores first, by the rubric of a challenge.

    Raises Invalid, for `file`, with what intake found wrong with it; Refusal once jurors have begun, or for a fifth.
    """
    if not received.report.accepted:
        raise Invalid(" ".join(reason.detail(_) for reason in received.report.reasons), field="file")
    lock_panel(session, edition)
    kept = works_of(session, edition)
    if any(work.reviews for work in kept):
        raise Refusal(_l("Jurors have begun the exercise: its works stay."))
    if len(kept) >= MOST_WORKS:
        raise Refusal(_l("The exercise has %(most)s works, which is enough. Take one out first.", most=MOST_WORKS))
    entry = _entry(session, challenge, title, message, now)
    note_upload(session, entry=entry, received=received, sent_by=actor, begun_at=now, now=now)
    number = max((work.number for work in kept), default=0) + 1
    work = TrainingWork(edition_id=edition.id, number=number, entry=entry, challenge=challenge, chosen_at=now)
    session.add(work)
    session.flush()
    facts = {"entry": entry.public_id, "sha256": received.report.sha256}
    record(session, "training.upload", subject=edition, actor=actor, now=now, edition_id=edition.id, **facts)
    return work


def remove_work(session: Session, *, edition: Edition, work: TrainingWork, actor: Person, now: datetime) -> None:
    """Take a work out of the exercise. Raises Refusal once jurors have begun."""
    lock_panel(session, edition)
    if any(each.reviews for each in works_of(session, edition)):
        raise Refusal(_l("Jurors have begun the exercise: its works stay."))
    facts = {"entry": work.entry.public_id}
    record(session, "training.remove", subject=edition, actor=actor, now=now, edition_id=edition.id, **facts)
    session.delete(work)


def _entry(session: Session, challenge: Challenge, title: str, message: str, now: datetime) -> Entry:
    shelf, name = _shelf(session, now), new_public_id()
    team = Team(edition=shelf, name=name, folded_name=fold(name), created_at=now)
    words = {"title": title, "message": message, "text_alternative": message}
    dates = {"created_at": now, "updated_at": now}
    number = draw_number(session, shelf)
    entry = Entry(edition=shelf, challenge=challenge, team=team, number=number, **words, **dates)
    session.add(entry)
    session.flush()
    return entry


def _shelf(session: Session, now: datetime) -> Edition:
    """The edition that holds training works, made with the first one; nobody registers, and nothing is published."""
    shelf = session.scalar(select(Edition).where(Edition.slug == SHELF))
    if shelf is not None:
        return shelf
    days = ("registration_opens_at", "registration_closes_at", "submission_opens_at", "submission_closes_at")
    moments = (*days, "judging_opens_at", "judging_closes_at", "results_expected_at")
    words = Bilingual(fr="Œuvres d’essai des jurys", en="Training works of juries")
    shelf = Edition(
        slug=SHELF,
        title=words,
        tagline=words,
        description=words,
        organiser_name="Hackaviz",
        contact_email="",
        time_zone="Europe/Paris",
        visibility=Visibility.DRAFT,
        created_at=now,
        **{name: now + timedelta(minutes=number) for number, name in enumerate(moments)},
    )
    session.add(shelf)
    session.flush()
    return shelf
