"""Named reads of letters, of those who get them, and of how far sending has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.mail import MOST_ATTEMPTS, OutgoingMail
from judging.results.letters.models import ResultLetter
from judging.results.letters.rules import Addressees
from judging.results.models import Publication
from judging.results.reading import Told, challenge_of, told_of
from submissions.entries.models import Entry
from submissions.teams.models import TeamMember

PREFIX = "results/"


@dataclass(frozen=True)
class Addressee:
    """A member of a team that handed in, and what the results say of its work."""

    person: Person
    told: Told
    entry: str

    @property
    def letter(self) -> Addressees:
        """Which of the two letters they get."""
        return Addressees.WINNERS if self.told.prizes else Addressees.OTHERS


@dataclass(frozen=True)
class Sending:
    """How many letters wait, were sent, were refused by a server, or may have been sent when a server stopped."""

    waiting: int = 0
    sent: int = 0
    refused: int = 0
    uncertain: int = 0


def letters_of(session: Session, edition: Edition) -> Mapping[Addressees, ResultLetter]:
    """The letters of an edition that are written."""
    rows = session.scalars(select(ResultLetter).where(ResultLetter.edition_id == edition.id))
    return {letter.addressees: letter for letter in rows}


def addressees_of(session: Session, publication: Publication) -> Sequence[Addressee]:
    """Every member of every team in a publication, by entry and seat; closed accounts are left out."""
    query = (
        select(Person, Entry.public_id)
        .join(TeamMember, TeamMember.person_id == Person.id)
        .join(Entry, Entry.team_id == TeamMember.team_id)
        .where(Entry.edition_id == publication.edition_id, Person.closed_at.is_(None))
        .order_by(Entry.number, TeamMember.seat)
    )
    return [
        Addressee(person, told_of(publication.snapshot, entry), entry)
        for person, entry in session.execute(query)
        if _is_told(publication, entry)
    ]


def _is_told(publication: Publication, entry: str) -> bool:
    try:
        return bool(challenge_of(publication.snapshot, entry))
    except LookupError:
        return False


def due_letters(session: Session, now: datetime) -> Sequence[ResultLetter]:
    """The released letters of editions whose results are public, not written yet."""
    query = (
        select(ResultLetter)
        .join(ResultLetter.edition)
        .where(ResultLetter.released_at.is_not(None), ResultLetter.written_at.is_(None))
        .where(Edition.results_public_at <= now)
        .options(joinedload(ResultLetter.edition))
        .order_by(ResultLetter.id)
    )
    return session.scalars(query).all()


def key_of(edition: Edition, person: Person) -> str:
    """The occasion of a letter: one for each person and edition, whichever of the two it is."""
    return f"{_keys(edition)}{person.public_id}"


def _keys(edition: Edition) -> str:
    return f"{PREFIX}{edition.id}/"


def sending_of(session: Session, edition: Edition) -> Sending:
    """How far the letters of an edition are."""
    tried = OutgoingMail.attempts == MOST_ATTEMPTS
    state = case(
        (OutgoingMail.sent_at.is_not(None), "sent"),
        (OutgoingMail.last_error.is_not(None), "refused"),
        (tried, "uncertain"),
        else_="waiting",
    )
    query = select(state.label("state"), func.count().label("letters")).where(
        OutgoingMail.unique_key.startswith(_keys(edition))
    )
    return Sending(**{row.state: row.letters for row in session.execute(query.group_by(state))})


def refused_mails(session: Session, *, since: timedelta, now: datetime) -> Sequence[OutgoingMail]:
    """Letters of results that a server refused, and that are worth another try."""
    query = select(OutgoingMail).where(
        OutgoingMail.unique_key.startswith(PREFIX),
        OutgoingMail.sent_at.is_(None),
        OutgoingMail.last_error.is_not(None),
        OutgoingMail.attempts == MOST_ATTEMPTS,
        OutgoingMail.due_at <= now,
        OutgoingMail.written_at > now - since,
    )
    return session.scalars(query.with_for_update(skip_locked=True)).all()
