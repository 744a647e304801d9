"""Named reads of jurors, assignments and conflicts. The number of queries does not grow with the edition."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session, joinedload

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from challenges.sponsors.models import Prize
from hackaviz.accounts.models import EditionRole, Person, Role
from hackaviz.accounts.queries import people_with_role
from judging.panels.models import Assignment, ClearedHint, Conflict, Flag, JurySeat
from judging.panels.rules import Pair
from submissions.entries.models import Entry, EntryVersion, Upload


def judges_of(session: Session, edition: Edition) -> Sequence[Person]:
    """Who has the role of juror, by name: the jury, and the jurors of sponsors for their own prize."""
    return people_with_role(session, edition.id, Role.JUROR)


def jurors_of(session: Session, edition: Edition) -> Sequence[Person]:
    """The jury itself, by name."""
    apart = {seat.juror_id for seat in prize_seats(session, edition)}
    return [person for person in judges_of(session, edition) if person.id not in apart]


def prize_seats(session: Session, edition: Edition) -> Sequence[JurySeat]:
    """The seats of sponsors' jurors, with juror and prize."""
    query = select(JurySeat).where(JurySeat.edition_id == edition.id, JurySeat.prize_id.is_not(None))
    return session.scalars(query.options(joinedload(JurySeat.juror), joinedload(JurySeat.prize))).all()


def prize_of(session: Session, edition: Edition, juror: Person) -> Prize | None:
    """The sponsor's own prize that a juror judges for; None in the jury itself."""
    return next((seat.prize for seat in prize_seats(session, edition) if seat.juror_id == juror.id), None)


def sits_for_prize(session: Session, person: Person, slug: str) -> bool:
    """Whether a person judges for a sponsor's own prize in the edition at an address."""
    query = select(JurySeat.id).join(Edition, Edition.id == JurySeat.edition_id)
    own = query.where(Edition.slug == slug, JurySeat.juror_id == person.id, JurySeat.prize_id.is_not(None))
    return session.scalar(own) is not None


def of_the_jury(table: type[Any]) -> ColumnElement[bool]:
    """The condition that `juror_id` of a row of `table` sits for no sponsor; the query joins the row's entry."""
    return ~exists().where(
        JurySeat.juror_id == table.juror_id, JurySeat.edition_id == Entry.edition_id, JurySeat.prize_id.is_not(None)
    )


def juror_by_public_id(session: Session, edition: Edition, public_id: str) -> Person | None:
    """One juror of an edition."""
    holders = select(EditionRole.person_id).where(EditionRole.edition_id == edition.id, EditionRole.role == Role.JUROR)
    return session.scalar(select(Person).where(Person.public_id == public_id, Person.id.in_(holders)))


def editions_judged_by(session: Session, person: Person) -> Sequence[Edition]:
    """The editions where a person is a juror, the newest first."""
    judged = [held.edition_id for held in person.roles if held.role is Role.JUROR]
    query = select(Edition).where(Edition.id.in_(judged)).order_by(Edition.submission_closes_at.desc())
    return session.scalars(query).all()


def judges_edition_at(session: Session, person: Person, slug: str) -> bool:
    """Whether a person is a juror of the edition at an address."""
    judged = [held.edition_id for held in person.roles if held.role is Role.JUROR]
    return session.scalar(select(Edition.id).where(Edition.slug == slug, Edition.id.in_(judged))) is not None


def entry_to_judge(session: Session, edition: Edition, number: int) -> Entry | None:
    """One handed-in entry by the number of its code."""
    query = select(Entry).where(
        Entry.edition_id == edition.id, Entry.number == number, Entry.current_version_id.is_not(None)
    )
    return session.scalar(query.options(joinedload(Entry.challenge)))


def assignments_of(session: Session, edition: Edition) -> Sequence[Assignment]:
    """Every assignment, those of conflicted jurors included."""
    return session.scalars(
        select(Assignment).join(Assignment.entry).where(Entry.edition_id == edition.id).order_by(Assignment.id)
    ).all()


def conflicts_of(session: Session, edition: Edition) -> Sequence[Conflict]:
    """Every declared conflict, the latest first, with its juror and entry."""
    query = select(Conflict).join(Conflict.entry).where(Entry.edition_id == edition.id)
    whole = (joinedload(Conflict.juror), joinedload(Conflict.entry).joinedload(Entry.challenge))
    return session.scalars(query.options(*whole).order_by(Conflict.declared_at.desc(), Conflict.id.desc())).all()


def conflicted_pairs(session: Session, edition: Edition) -> set[Pair]:
    """Pairs (juror, entry) that must not be."""
    query = select(Conflict.juror_id, Conflict.entry_id).join(Conflict.entry).where(Entry.edition_id == edition.id)
    return {(juror, entry) for juror, entry in session.execute(query)}


def cleared_pairs(session: Session, edition: Edition) -> set[Pair]:
    """Pairs in which an organiser found no conflict."""
    query = select(ClearedHint.juror_id, ClearedHint.entry_id).join(Entry, Entry.id == ClearedHint.entry_id)
    return {(juror, entry) for juror, entry in session.execute(query.where(Entry.edition_id == edition.id))}


def conflict_between(session: Session, juror: Person, entry: Entry) -> Conflict | None:
    """The declared conflict of a juror with an entry."""
    return session.scalar(select(Conflict).where(Conflict.juror_id == juror.id, Conflict.entry_id == entry.id))


def assignment_between(session: Session, juror: Person, entry: Entry, *, lock: bool = False) -> Assignment | None:
    """The assignment of an entry to a juror; `lock` keeps it from being withdrawn until the end of the transaction."""
    query = select(Assignment).where(Assignment.juror_id == juror.id, Assignment.entry_id == entry.id)
    return session.scalar(query.with_for_update(of=Assignment) if lock else query.options(joinedload(Assignment.round)))


def not_conflicted(table: type[Any]) -> ColumnElement[bool]:
    """The condition that no conflict stands between `juror_id` and `entry_id` of a row of `table`."""
    return ~exists().where(Conflict.juror_id == table.juror_id, Conflict.entry_id == table.entry_id)


def assigned_entries(session: Session, juror: Person, edition: Edition) -> Sequence[Entry]:
    """What a juror is asked to review, by code: handed in, assigned, without conflict; never with its team."""
    version = joinedload(Entry.current_version)
    work = (version.defer(EntryVersion.manifest), version.joinedload(EntryVersion.upload).defer(Upload.report))
    query = _assigned(juror, edition).options(joinedload(Entry.challenge), *work)
    return session.scalars(query.order_by(Entry.number)).all()


def assignments_by(session: Session, juror: Person, edition: Edition) -> Mapping[int, Assignment]:
    """What a juror was asked in an edition, with its round, by the number of the entry's row."""
    query = select(Assignment).join(Assignment.entry).options(joinedload(Assignment.round))
    rows = session.scalars(query.where(Assignment.juror_id == juror.id, Entry.edition_id == edition.id))
    return {assignment.entry_id: assignment for assignment in rows}


def assigned_entry(session: Session, juror: Person, edition: Edition, number: int) -> Entry | None:
    """One of them, by the number of its code, with its rubric and what was handed in."""
    whole = (
        joinedload(Entry.edition),
        joinedload(Entry.challenge).selectinload(Challenge.criteria),
        joinedload(Entry.current_version).joinedload(EntryVersion.upload),
    )
    return session.scalar(_assigned(juror, edition).where(Entry.number == number).options(*whole))


def _assigned(juror: Person, edition: Edition) -> Select[Entry]:
    return (
        select(Entry)
        .join(Assignment, Assignment.entry_id == Entry.id)
        .where(Assignment.juror_id == juror.id, Entry.edition_id == edition.id, Entry.current_version_id.is_not(None))
        .where(not_conflicted(Assignment))
    )


def seats_of(session: Session, edition: Edition) -> Mapping[int, JurySeat]:
    """What was said of jurors, by the number of the person's row; who has no seat has no limit and no panel."""
    rows = session.scalars(select(JurySeat).where(JurySeat.edition_id == edition.id))
    return {seat.juror_id: seat for seat in rows}


def flags_of(session: Session, edition: Edition) -> Sequence[Flag]:
    """What jurors told the organisers, the latest first, what waits before what is settled."""
    query = select(Flag).join(Flag.entry).where(Entry.edition_id == edition.id)
    whole = (joinedload(Flag.juror), joinedload(Flag.entry))
    return session.scalars(query.options(*whole).order_by(Flag.settled_at.is_not(None), Flag.id.desc())).all()


def skipped_of(session: Session, edition: Edition) -> Sequence[Assignment]:
    """Assignments that jurors skipped, with juror and entry, the latest first."""
    query = select(Assignment).join(Assignment.entry).where(Entry.edition_id == edition.id)
    whole = (joinedload(Assignment.juror), joinedload(Assignment.entry))
    skipped = query.where(Assignment.skipped_at.is_not(None)).order_by(Assignment.skipped_at.desc())
    return session.scalars(skipped.options(*whole)).all()
