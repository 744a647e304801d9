"""What must always hold of publications: each says what was sealed with it, and the log knows of it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from hackaviz.kernel.audit import is_logged
from judging.results.models import Publication
from judging.results.rules import seal


def rewritten_publications(session: Session) -> Iterator[str]:
    """Publications whose snapshot is not the one of their SHA-256."""
    query = select(Publication).options(joinedload(Publication.edition)).order_by(Publication.id)
    for each in session.scalars(query):
        if seal(each.snapshot) != each.snapshot_sha256:
            yield f"publication {each.number} of {each.edition.slug} is not what was published"


def unlogged_publications(session: Session) -> Iterator[str]:
    """Publications that nobody published, as far as the log knows."""
    for number in session.scalars(select(Publication.id).where(~is_logged(Publication, "results.publish"))):
        yield f"publication {number} is in no act of the log"


CHECKS = {"publications-whole": rewritten_publications, "publications-logged": unlogged_publications}
