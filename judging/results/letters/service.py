"""Letters after the results: saved, released, written when the embargo is over, tried again where a server refused."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.kernel.audit import record
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.mail import MOST_ATTEMPTS, OutgoingMail, write_mail
from hackaviz.web.jobs import wake
from hackaviz.web.language import speaking
from judging.results.letters.models import ResultLetter
from judging.results.letters.queries import (
    Addressee,
    addressees_of,
    due_letters,
    key_of,
    letters_of,
    refused_mails,
)
from judging.results.letters.rules import Addressees, check_words, filled
from judging.results.letters.wording import words_for
from judging.results.queries import public_results

# How long a letter that a server refuses is tried again.
TRIED_FOR = timedelta(days=2)
log = structlog.get_logger()


@dataclass(frozen=True)
class LetterText:
    """What a letter says, in both languages, with {words} for what differs from reader to reader."""

    subject: Bilingual
    body: Bilingual


@dataclass(frozen=True)
class Drafted:
    """A letter as one person gets it."""

    subject: str
    body: str


def save_letter(
    session: Session, *, edition: Edition, addressees: Addressees, text: LetterText, actor: Any, now: datetime
) -> ResultLetter:
    """Keep the text of a letter. What was released must be released again. Raises Invalid, or Conflict once written."""
    lock_row(session, edition)
    letter = letters_of(session, edition).get(addressees)
    if letter is not None and letter.written_at is not None:
        raise Conflict(_l("This letter is in the outbox already. Nothing was changed."))
    for language in ("fr", "en"):
        _check(text, language, addressees)
    letter = letter or ResultLetter(edition_id=edition.id, addressees=addressees)
    letter.subject, letter.body, letter.saved_at = text.subject, text.body, now
    letter.released_at = letter.released_by_id = None
    session.add(letter)
    facts = {"addressees": addressees, "title": text.subject.as_dict(), "text": text.body.as_dict()}
    record(session, "letter.save", subject=letter, actor=actor, now=now, edition_id=edition.id, **facts)
    return letter


def _check(text: LetterText, language: str, addressees: Addressees) -> None:
    for name, value in (("subject", text.subject), ("body", text.body)):
        words, field = getattr(value, language), f"{name}_{language}"
        if not words.strip():
            raise Invalid(_l("Write it in both languages: each reader gets theirs."), field=field)
        check_words(words, addressees, field)


def release_letters(session: Session, *, edition: Edition, actor: Any, now: datetime) -> None:
    """Let the letters go out as soon as the results are public. Raises Conflict until both are written."""
    lock_row(session, edition)
    letters = letters_of(session, edition)
    if len(letters) < len(Addressees):
        raise Conflict(_l("Save both letters first, the one to the winners and the one to the others."))
    for letter in letters.values():
        letter.released_at = letter.released_at or now
        letter.released_by_id = actor.id if actor is not None else None
    record(session, "letter.release", subject=edition, actor=actor, now=now, edition_id=edition.id)
    wake("result-letters")


def hold_letters(session: Session, *, edition: Edition, actor: Any, now: datetime) -> None:
    """Keep released letters back. Raises Conflict once they are in the outbox."""
    lock_row(session, edition)
    letters = letters_of(session, edition)
    if any(letter.written_at for letter in letters.values()):
        raise Conflict(_l("The letters are in the outbox already. They cannot be held back."))
    for letter in letters.values():
        letter.released_at = letter.released_by_id = None
    record(session, "letter.hold", subject=edition, actor=actor, now=now, edition_id=edition.id)


def drafted(text: LetterText | ResultLetter, addressee: Addressee, edition: Edition) -> Drafted:
    """A letter as one addressee gets it, in their language."""
    language = addressee.person.language
    with speaking(language):
        words = words_for(addressee, edition)
    return Drafted(*(filled(getattr(each, language), words) for each in (text.subject, text.body)))


def write_due_letters(transaction: Transaction, now: datetime) -> bool:
    """Put each released letter into the outbox for all who get it, and let refused ones be tried again.

    A letter goes to all or to none: a kill in between writes none, and an occasion has one mail for ever.
    """
    with transaction() as session:
        _try_again(session, now)
        due = due_letters(session, now)
    written = [_is_written(transaction, letter, now) for letter in due]
    return any(written)


def _is_written(transaction: Transaction, due: ResultLetter, now: datetime) -> bool:
    try:
        with transaction() as session:
            letter = session.get_one(ResultLetter, due.id)
            lock_row(session, letter.edition)
            session.refresh(letter)
            if letter.written_at is None and letter.released_at is not None:
                _write(session, letter, now)
    except Exception:
        # One letter that cannot be written must not keep those of later editions from their readers.
        log.exception("result-letters", letter=due.id)
        return False
    return True


def _write(session: Session, letter: ResultLetter, now: datetime) -> None:
    edition = letter.edition
    publication = public_results(session, edition, now)
    assert publication is not None
    ours = [each for each in addressees_of(session, publication) if each.letter is letter.addressees]
    for addressee in ours:
        ready = drafted(letter, addressee, edition)
        mail: dict[str, Any] = {"recipient": addressee.person.email, "subject": ready.subject, "body": ready.body}
        write_mail(session, unique_key=key_of(edition, addressee.person), **mail, now=now, tries=1)
    letter.written_at = now
    facts = {"addressees": letter.addressees, "letters": len(ours)}
    record(session, "letter.send", subject=letter, actor=None, now=now, edition_id=edition.id, **facts)
    wake("mail")


def _try_again(session: Session, now: datetime) -> None:
    """A refusal is a known outcome, so another try cannot send twice; where nobody noted one, there is none."""
    mails = refused_mails(session, since=TRIED_FOR, now=now)
    for mail in mails:
        _arm(mail, now)
    if mails:
        wake("mail")


def _arm(mail: OutgoingMail, now: datetime) -> None:
    mail.attempts, mail.last_error, mail.due_at = MOST_ATTEMPTS - 1, None, now
