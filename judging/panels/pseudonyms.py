"""What a juror is called where anybody may read it: a random name in one edition, and another one in the next."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from judging.panels.models import JurorPseudonym


def pseudonyms_of(session: Session, edition: Edition) -> Mapping[int, str]:
    """The pseudonyms that an edition has, by the number of the person's row."""
    rows = session.scalars(select(JurorPseudonym).where(JurorPseudonym.edition_id == edition.id))
    return {row.person_id: row.pseudonym for row in rows}


def pseudonym_of(session: Session, edition_id: int, person_id: int) -> str:
    """A person's pseudonym in an edition, made where there is none. The caller holds `lock_panel`."""
    named = {"edition_id": edition_id, "person_id": person_id}
    row = session.scalar(select(JurorPseudonym).filter_by(**named))
    if row is None:
        row = JurorPseudonym(**named)
        session.add(row)
        session.flush()
    return row.pseudonym
