"""Handing one message to a mail server, and what is known of it afterwards."""

import smtplib
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import structlog

PATIENCE_SECONDS = 30
FIRST_REFUSAL = 400
TROUBLE = (OSError, smtplib.SMTPException)
log = structlog.get_logger()


@dataclass(frozen=True)
class Outcome:
    """Whether a server has a message. With neither an arrival nor a refusal nobody knows."""

    has_arrived: bool = False
    refusal: str | None = None


class _Line(smtplib.SMTP):
    """A line to a server that notes when the message itself goes through it."""

    is_handing_over = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.is_handing_over = True
        return super().data(msg)


class _SecureLine(_Line, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""


def hand_over(message: EmailMessage, mail_url: str) -> Outcome:
    """Give a message to the server of `smtp://` or `smtps://`.

    A server that breaks the line instead of answering may have the message all the same (RFC 5321, 4.5.3.2.6): only
    a plain no, or a line that broke before, is a refusal. How it says goodbye means nothing.
    """
    parts = urlsplit(mail_url)
    try:
        line = _open(parts)
    except TROUBLE as error:
        return Outcome(refusal=_reason(error))
    with closing(line):
        try:
            _introduce(line, parts)
            line.send_message(message)
        except TROUBLE as error:
            return _after(error, line, message)
        with suppress(*TROUBLE):
            line.quit()
        return Outcome(has_arrived=True)


def _open(parts: SplitResult) -> _Line:
    host = parts.hostname or ""
    if parts.scheme == "smtps":
        context = ssl.create_default_context()
        return _SecureLine(host, parts.port or 465, timeout=PATIENCE_SECONDS, context=context)
    return _Line(host, parts.port or 25, timeout=PATIENCE_SECONDS)


def _introduce(line: _Line, parts: SplitResult) -> None:
    if parse_qs(parts.query).get("tls") == ["starttls"]:
        line.starttls(context=ssl.create_default_context())
    if parts.username:
        line.login(unquote(parts.username), unquote(parts.password or ""))


def _after(error: Exception, line: _Line, message: EmailMessage) -> Outcome:
    said_no = isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= FIRST_REFUSAL
    if line.is_handing_over and not said_no:
        log.warning("mail.uncertain", message=message["Message-ID"], error=_reason(error))
        return Outcome()
    return Outcome(refusal=_reason(error))


def _reason(error: Exception) -> str:
    return str(error) or repr(error)
