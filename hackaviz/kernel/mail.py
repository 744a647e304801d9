"""Outgoing mail: rows written in the transaction of the act, sent later by jobs, never twice."""

from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from hackaviz.kernel.database import Base
from hackaviz.kernel.jobs import Transaction
from hackaviz.kernel.one_line import on_one_line
from hackaviz.kernel.smtp import Outcome, hand_over

MOST_ATTEMPTS = 8
FIRST_WAIT = timedelta(minutes=1)
LONGEST_SUBJECT = 300


class OutgoingMail(Base):
    """One message to one person. `unique_key` names its occasion, so that the same occasion never writes two."""

    __tablename__ = "outgoing_mails"

    id: Mapped[int] = mapped_column(primary_key=True)
    unique_key: Mapped[str] = mapped_column(String(200), unique=True)
    recipient: Mapped[str] = mapped_column(String(320), index=True)
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    body: Mapped[str] = mapped_column(Text)
    written_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    # Why the server does not have it; empty when nobody knows whether it has.
    last_error: Mapped[str | None] = mapped_column(Text)


def write_mail(
    session: Session,
    *,
    unique_key: str,
    recipient: str,
    subject: str,
    body: str,
    now: datetime,
    due_at: datetime | None = None,
    tries: int = MOST_ATTEMPTS,
) -> OutgoingMail | None:
    """Put a message in the outbox; None when this occasion already has one.

    With one of `tries` it is never sent twice, even when the sender is killed, or loses the server, before it can note
    that it was sent.
    """
    session.flush()
    if session.scalar(select(OutgoingMail.id).where(OutgoingMail.unique_key == unique_key)):
        return None
    mail = OutgoingMail(
        unique_key=unique_key,
        recipient=recipient,
        subject=_one_line(subject),
        body=body,
        written_at=now,
        due_at=due_at or now,
        attempts=MOST_ATTEMPTS - tries,
    )
    session.add(mail)
    return mail


def _one_line(subject: str) -> str:
    line = on_one_line(subject)
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"


def claim_due_mail(session: Session, now: datetime) -> OutgoingMail | None:
    """The oldest message that waits, taken for this sender: its next try moves into the future before it is sent."""
    mail = session.scalar(
        select(OutgoingMail)
        .where(OutgoingMail.sent_at.is_(None), OutgoingMail.due_at <= now, OutgoingMail.attempts < MOST_ATTEMPTS)
        .order_by(OutgoingMail.due_at, OutgoingMail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if mail is not None:
        mail.due_at = now + FIRST_WAIT * 2**mail.attempts
        mail.attempts += 1
    return mail


def send_one_due_mail(transaction: Transaction, now: datetime, *, mail_url: str, sender: str) -> bool:
    """Send the oldest due message and note the outcome; False when none is due. `outbox:` only marks it sent."""
    with transaction() as session:
        mail = claim_due_mail(session, now)
    if mail is None:
        return False
    outcome = _try_to_send(mail, mail_url, sender)
    with transaction() as session:
        claimed = session.get_one(OutgoingMail, mail.id)
        claimed.sent_at = now if outcome.has_arrived else None
        claimed.last_error = outcome.refusal
    return True


def _try_to_send(mail: OutgoingMail, mail_url: str, sender: str) -> Outcome:
    if urlsplit(mail_url).scheme == "outbox":
        return Outcome(has_arrived=True)
    return hand_over(_message(mail, sender), mail_url)


def sender_of(mail_url: str, base_host: str) -> str:
    """The From address: `?from=` of the mail URL, else no-reply at the site's host."""
    asked = parse_qs(urlsplit(mail_url).query).get("from")
    return asked[0] if asked else f"no-reply@{base_host}"


def _message(mail: OutgoingMail, sender: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = Address("Hackaviz", addr_spec=sender)
    message["To"] = Address(addr_spec=mail.recipient)
    message["Subject"] = mail.subject
    message["Date"] = mail.written_at
    message["Message-ID"] = f"<hackaviz-{mail.id}@{sender.rsplit('@', 1)[-1]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body)
    return message
