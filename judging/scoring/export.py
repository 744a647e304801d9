"""What the jury's rooms know of a person, for their own copy of their data."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from hackaviz.accounts.models import Person
from judging.panels.models import Conflict
from judging.scoring.models import Review
from submissions.entries.models import Entry


def export_reviews(session: Session, person: Person) -> list[dict[str, Any]]:
    """The reviews that a person wrote."""
    whole = (joinedload(Review.entry).joinedload(Entry.edition), selectinload(Review.marks))
    query = select(Review).where(Review.juror_id == person.id).options(*whole).order_by(Review.id)
    return [
        {
            "edition": review.entry.edition.slug,
            "entry": review.entry.code,
            "marks": [mark.value for mark in sorted(review.marks, key=lambda mark: mark.criterion_id)],
            "comment_to_team": review.comment_to_team,
            "comment_private": review.comment_private,
            "saved_at": review.saved_at.isoformat(),
            "finished_at": review.finished_at.isoformat() if review.finished_at else None,
        }
        for review in session.scalars(query)
    ]


def export_conflicts(session: Session, person: Person) -> list[dict[str, Any]]:
    """The conflicts of interest declared by or for a person."""
    whole = joinedload(Conflict.entry).joinedload(Entry.edition)
    query = select(Conflict).where(Conflict.juror_id == person.id).options(whole).order_by(Conflict.id)
    return [
        {
            "edition": conflict.entry.edition.slug,
            "entry": conflict.entry.code,
            "reason": conflict.reason,
            "declared_at": conflict.declared_at.isoformat(),
        }
        for conflict in session.scalars(query)
    ]
