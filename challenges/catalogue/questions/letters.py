"""Letters about questions: to who asked, and to the contact of a dataset."""

from datetime import datetime

from sqlalchemy.orm import Session

from challenges.catalogue.questions.models import DatasetQuestion
from hackaviz.accounts.models import Person
from hackaviz.web.letters import page_url, write_letter

# Publishers of the catalogue have no account that would say which language they read.
LANGUAGE_OF_CONTACTS = "fr"


def tell_asker(session: Session, template: str, *, question: DatasetQuestion, now: datetime) -> None:
    """What became of the question; nothing to a closed account, which has no mailbox."""
    asker = question.asker
    if asker.closed_at is not None:
        return
    write_letter(
        session,
        f"catalogue/{template}",
        recipient=asker.email,
        language=asker.language,
        unique_key=f"{template}/{question.public_id}",
        now=now,
        question=question,
        person=asker,
        page=f"{page_url('catalogue.dataset', slug=question.dataset.slug)}#questions",
    )


def write_to_contact(
    session: Session, *, question: DatasetQuestion, address: str, steward: Person, now: datetime
) -> None:
    """The question, to who publishes the data; the steward's address is where the answer goes."""
    write_letter(
        session,
        "catalogue/question_forwarded",
        recipient=address,
        language=LANGUAGE_OF_CONTACTS,
        unique_key=f"question_forwarded/{question.public_id}",
        now=now,
        question=question,
        steward=steward,
        page=page_url("catalogue.dataset", slug=question.dataset.slug),
    )
