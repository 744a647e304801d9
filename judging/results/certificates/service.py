"""Asking for the certificates of a publication, and making them, a few at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.bilingual import LANGUAGES
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.storage import Storage
from judging.results.certificates.drawing import Bearer, draw_certificate
from judging.results.certificates.models import Certificate
from judging.results.certificates.queries import (
    certificates_of_person,
    due_certificates,
    has_certificates,
    still_wanted,
    without_certificate,
)
from judging.results.models import Publication

AT_ONCE = 20
DEAD_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Order:
    """Certificates that a job has claimed, with all that is written on each."""

    ids: Sequence[int]
    bearers: Sequence[Bearer]


def ask_for_certificates(session: Session, *, publication: Publication, actor: Any, now: datetime) -> int:
    """Let jobs make a certificate for every member of every team in the ranking; say how many are new.

    Asked again, it adds only those who have none yet. Closed accounts have no name to write on one.
    """
    lock_row(session, publication)
    new = [
        Certificate(publication_id=publication.id, person_id=person, entry_id=entry, asked_at=now, files={})
        for person, entry in without_certificate(session, publication)
    ]
    session.add_all(new)
    record(
        session, "certificate.ask", subject=publication, actor=actor, now=now, edition_id=publication.edition_id,
        number=publication.number, certificates=len(new),
    )  # fmt: skip
    return len(new)


def renew_certificates(session: Session, *, publication: Publication, actor: Any, now: datetime) -> int:
    """Ask for those of a new publication where an earlier one of its edition had them; say how many are new."""
    session.flush()
    if not has_certificates(session, publication.edition_id):
        return 0
    return ask_for_certificates(session, publication=publication, actor=actor, now=now)


def make_due_certificates(transaction: Transaction, now: datetime, *, storage: Storage) -> bool:
    """Make the next few; False when none is due. A kill in between only means that they are made again."""
    with transaction() as session:
        order = _claim(session, now)
    if not order.ids:
        return False
    made = {
        number: {language: _store(storage, bearer, language) for language in LANGUAGES}
        for number, bearer in zip(order.ids, order.bearers, strict=True)
    }
    with transaction() as session:
        for certificate in still_wanted(session, order.ids):
            certificate.files, certificate.made_at = made.pop(certificate.id), now
    _delete_unwanted(storage, made)
    return True


def _delete_unwanted(storage: Storage, made: Mapping[int, Mapping[str, str]]) -> None:
    """Whoever closed their account while their certificate was drawn leaves no name in the storage."""
    for files in made.values():
        for key in files.values():
            storage.delete(key)


def _claim(session: Session, now: datetime) -> Order:
    due = due_certificates(session, now - DEAD_AFTER, AT_ONCE)
    for certificate in due:
        certificate.claimed_at = now
    session.flush()
    return Order([each.id for each in due], [Bearer.of(each) for each in due])


def _store(storage: Storage, bearer: Bearer, language: str) -> str:
    return storage.write(BytesIO(draw_certificate(bearer, language))).key


def release_claims(session: Session) -> None:
    """Let certificates be made whose job was killed."""
    session.execute(update(Certificate).where(Certificate.made_at.is_(None)).values(claimed_at=None))


def forget_certificates(session: Session, person: Person, _now: datetime) -> None:
    """Take the files of somebody who leaves: the record of the contest keeps no name of theirs."""
    for certificate in certificates_of_person(session, person):
        certificate.files = {}


def export_certificates(session: Session, person: Person) -> list[dict[str, Any]]:
    """The certificates of a person, for their copy of their data."""
    return [
        {
            "edition": each.publication.edition.slug,
            "number": each.public_id,
            "entry": each.entry.title,
            "made_at": each.made_at.isoformat() if each.made_at else None,
        }
        for each in certificates_of_person(session, person)
    ]
