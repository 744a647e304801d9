"""Who may see a question whole, and who learns who asked."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.catalogue.policy import may_catalogue
from challenges.catalogue.questions.models import DatasetQuestion
from challenges.catalogue.questions.queries import question_by_public_id
from hackaviz.accounts.models import Role
from hackaviz.kernel.errors import NotFound


def may_know_who_asked(person: Any) -> bool:
    """Stewards and organisers, unless they judge: a name beside a dataset could tell a juror whose work cites it."""
    return may_catalogue(person) and not any(held.role is Role.JUROR for held in person.roles)


def find_question(session: Session, public_id: str) -> DatasetQuestion:
    """The question at an address. Raises NotFound."""
    question = question_by_public_id(session, public_id)
    if question is None:
        raise NotFound(_l("There is no question at this address. Look at the list of questions."))
    return question
