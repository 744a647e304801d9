"""Named reads of certificates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from hackaviz.accounts.models import Person
from judging.results.certificates.models import Certificate
from judging.results.models import Publication
from judging.results.reading import row_of
from submissions.entries.models import Entry
from submissions.teams.models import Registration, TeamMember

WHOLE = (
    joinedload(Certificate.publication).joinedload(Publication.edition),
    joinedload(Certificate.person),
    joinedload(Certificate.entry).joinedload(Entry.team),
)


@dataclass(frozen=True)
class Progress:
    """How many certificates of a publication are asked for, and made."""

    asked: int
    made: int

    @property
    def is_under_way(self) -> bool:
        """Whether some are still to be made."""
        return self.made < self.asked


def progress_of(session: Session, publication: Publication) -> Progress:
    """How far the certificates of a publication are; those of closed accounts do not count."""
    query = select(func.count(Certificate.id), func.count(Certificate.made_at)).join(Certificate.person)
    ours = (Certificate.publication_id == publication.id, Person.closed_at.is_(None))
    asked, made = session.execute(query.where(*ours)).one()
    return Progress(asked, made)


def without_certificate(session: Session, publication: Publication) -> Sequence[tuple[int, int]]:
    """Members of the teams in a publication for whom none was asked yet, each with their entry; no closed accounts."""
    query = (
        select(TeamMember.person_id, Entry.id, Entry.public_id)
        .join(Entry, Entry.team_id == TeamMember.team_id)
        .join(Person, Person.id == TeamMember.person_id)
        .where(Entry.edition_id == publication.edition_id, Entry.current_version_id.is_not(None))
        .where(Person.closed_at.is_(None))
        .order_by(Entry.number, TeamMember.seat)
    )
    known = set(session.scalars(select(Certificate.person_id).where(Certificate.publication_id == publication.id)))
    return [
        (person, entry)
        for person, entry, public_id in session.execute(query)
        if person not in known and row_of(publication.snapshot, public_id) is not None
    ]


def made_certificates(session: Session, publication: Publication) -> Sequence[Certificate]:
    """The certificates of a publication that are made, by number of the entry."""
    query = select(Certificate).where(Certificate.publication_id == publication.id, Certificate.made_at.is_not(None))
    return session.scalars(query.options(*WHOLE).order_by(Certificate.entry_id, Certificate.id)).all()


def certificate_at(session: Session, public_id: str) -> Certificate | None:
    """The certificate that is verified at an address, with all that its page says."""
    return session.scalar(select(Certificate).where(Certificate.public_id == public_id).options(*WHOLE))


def has_certificates(session: Session, edition_id: int) -> bool:
    """Whether some were asked for, whatever became of the publication that they were for."""
    query = select(Certificate.id).join(Certificate.publication).where(Publication.edition_id == edition_id)
    return session.scalar(query.limit(1)) is not None


def made_for_person(session: Session, edition_id: int, person: Person) -> Sequence[Certificate]:
    """The certificates of a person in an edition that are made, the newest publication first."""
    query = select(Certificate).join(Certificate.publication).where(Publication.edition_id == edition_id)
    theirs = query.where(Certificate.person_id == person.id, Certificate.made_at.is_not(None)).options(*WHOLE)
    return [each for each in session.scalars(theirs.order_by(Publication.number.desc())) if each.files]


def certificates_of_person(session: Session, person: Person) -> Sequence[Certificate]:
    """Every certificate of a person."""
    query = select(Certificate).where(Certificate.person_id == person.id).options(*WHOLE)
    return session.scalars(query.order_by(Certificate.id)).all()


def due_certificates(session: Session, stale: datetime, count: int) -> Sequence[Certificate]:
    """Certificates to make that nobody is at work on; whoever claimed one before `stale` is taken for dead."""
    free = or_(Certificate.claimed_at.is_(None), Certificate.claimed_at < stale)
    due = (Certificate.made_at.is_(None), free, Person.closed_at.is_(None))
    query = select(Certificate).join(Certificate.person).where(*due).order_by(Certificate.id).limit(count)
    return session.scalars(query.with_for_update(of=Certificate, skip_locked=True)).all()


def still_wanted(session: Session, ids: Sequence[int]) -> Sequence[Certificate]:
    """Those of these certificates whose bearers have an account, which none of them can close before the commit."""
    query = select(Certificate).join(Certificate.person).where(Certificate.id.in_(ids), Person.closed_at.is_(None))
    return session.scalars(query.order_by(Person.id).with_for_update(of=Person, key_share=True)).all()


def is_minor(session: Session, certificate: Certificate) -> bool:
    """Whether its bearer stated to be a minor in this edition."""
    query = select(Registration.is_minor).where(Registration.person_id == certificate.person_id)
    edition_id = certificate.publication.edition_id
    return bool(session.scalar(query.where(Registration.edition_id == edition_id)))
