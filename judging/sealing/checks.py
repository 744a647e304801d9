"""What must always hold of marks: each review is what its edition's log says of it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from judging.scoring.marks_log import problems_of


def marks_out_of_step(session: Session) -> Iterator[str]:
    """Links that were changed, and reviews that differ from the log."""
    for edition in session.scalars(select(Edition).order_by(Edition.id)):
        for problem in problems_of(session, edition):
            yield f"{edition.slug}: {problem}"


CHECKS = {"marks-logged": marks_out_of_step}
