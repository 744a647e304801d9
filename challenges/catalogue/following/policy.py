"""How a page finds what the link in a letter means."""

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.catalogue.following.letters import read_token
from challenges.catalogue.models import Dataset
from hackaviz.accounts.models import Person
from hackaviz.accounts.queries import person_by_public_id
from hackaviz.kernel.errors import NotFound


def find_letter(session: Session, token: str) -> tuple[Person, Dataset]:
    """Whom the link of a letter is for, and which dataset it is about. Raises NotFound."""
    named = read_token(token)
    person = person_by_public_id(session, named[0]) if named else None
    dataset = session.get(Dataset, named[1]) if named else None
    if person is None or dataset is None:
        raise NotFound(_l("This link is not complete. Copy the whole address from the letter."))
    return person, dataset
