"""Letters: mails from templates, in the reader's language."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy.orm import Session

from hackaviz.kernel.mail import OutgoingMail, write_mail
from hackaviz.web.jobs import wake
from hackaviz.web.language import speaking


def letters_leave() -> bool:
    """Whether a mail server is set: without one letters are only kept in the outbox."""
    return urlsplit(current_app.config["MAIL_URL"]).scheme != "outbox"


def page_url(endpoint: str, **values: Any) -> str:
    """The whole address of a page, for letters: its host comes from the settings, never from the request."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return f"{current_app.config['BASE_URL']}{path}"


def write_letter(
    session: Session, template: str, *, recipient: str, language: str, unique_key: str, now: datetime, **context: Any
) -> OutgoingMail | None:
    """Put a letter in the outbox. `templates/mails/<template>.txt`: its first line is the subject.

    `unique_key` names the occasion; the second letter for one occasion is not written (None).
    """
    with speaking(language):
        # Without the context of pages: there may be no request, and a letter has no navigation.
        page = current_app.jinja_env.get_template(f"mails/{template}.txt")
        text = page.render(site=current_app.config["BASE_URL"], **context)
    subject, _, body = text.strip().partition("\n")
    mail = write_mail(
        session, unique_key=unique_key, recipient=recipient, subject=subject, body=body.strip() + "\n", now=now
    )
    if mail is not None:
        wake("mail")
    return mail
