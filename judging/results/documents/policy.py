"""Who may read which document."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.models import Sponsor
from challenges.sponsors.policy import find_sponsor, sponsors_represented_by
from hackaviz.kernel.errors import Conflict, NotFound
from judging.results.documents.letter import numbered_awards
from judging.results.models import Publication
from judging.results.queries import public_results, standing_publication
from judging.results.reading import ShownAward
from submissions.entries.queries import entry_of_team
from submissions.teams.queries import team_of


def find_standing(session: Session, edition: Edition) -> Publication:
    """The publication that documents are about. Raises Conflict while results are not even prepared."""
    publication = standing_publication(session, edition)
    if publication is None:
        raise Conflict(_l("Choose the date of the results first: documents say what will be published."))
    return publication


def find_award(publication: Publication, number: int) -> ShownAward:
    """An award of a publication. Raises NotFound."""
    award = numbered_awards(publication).get(number)
    if award is None:
        raise _nothing()
    return award


def find_own_award(
    session: Session, edition: Edition, number: int, person: Any, now: datetime
) -> tuple[Publication, ShownAward]:
    """A published award of the team that a person is in. Raises NotFound for all others, and for all before."""
    publication, team = public_results(session, edition, now), team_of(session, edition, person)
    entry = entry_of_team(session, team) if team is not None else None
    if publication is None or entry is None:
        raise _nothing()
    award = find_award(publication, number)
    if award.entry["public_id"] != entry.public_id:
        raise _nothing()
    return publication, award


def find_own_sponsor(session: Session, edition: Edition, sponsor_id: int, person: Any) -> Sponsor:
    """A sponsor that a person is a contact of. Raises NotFound."""
    if sponsor_id not in sponsors_represented_by(person, edition):
        raise _nothing()
    return find_sponsor(session, edition, sponsor_id)


def _nothing() -> NotFound:
    return NotFound(_l("There is no such document, or it is not for you."))
