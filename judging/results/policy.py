"""Who may see which publication."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.policy import may_organise
from hackaviz.kernel.errors import NotFound
from judging.results.models import Publication
from judging.results.queries import public_results, standing_publication


def find_shown(session: Session, edition: Edition, person: Any, now: datetime) -> Publication:
    """The publication in force for everybody, and before it is public the one that waits, for organisers alone.

    Raises NotFound: nobody else learns whether there is one.
    """
    public = public_results(session, edition, now)
    if public is None and may_organise(person, edition):
        public = standing_publication(session, edition)
    if public is None:
        raise NotFound(_l("The results of this edition are not public yet."))
    return public
