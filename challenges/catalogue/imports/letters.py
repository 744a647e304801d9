"""Letters to the stewards about harvests by schedule."""

from datetime import datetime

from sqlalchemy.orm import Session

from challenges.catalogue.imports.models import CatalogueImport
from challenges.catalogue.imports.queries import stewards
from challenges.catalogue.imports.wording import failure_in_words
from hackaviz.web.letters import page_url, write_letter


def tell_stewards(session: Session, this: CatalogueImport, letter: str, now: datetime) -> None:
    """Tell each of them, in their language, what became of a harvest."""
    url = page_url("catalogue_imports.show", import_id=this.id)
    for person in stewards(session):
        write_letter(
            session,
            f"catalogue/{letter}",
            recipient=person.email,
            language=person.language,
            unique_key=f"{letter}-{this.id}-{person.id}",
            now=now,
            person=person,
            harvest=this,
            url=url,
            failure=failure_in_words,
        )
