"""Citations pass on when duplicates of the catalogue are merged."""

from datetime import datetime

from flask_babel import ngettext
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from challenges.catalogue.merging.rules import joined_usage
from challenges.catalogue.models import Dataset
from challenges.catalogue.registry import Holder
from submissions.entries.models import Citation

LONGEST_USAGE = 500


def _in_words(number: int) -> str:
    return ngettext("%(num)s entry cites it", "%(num)s entries cite it", number)


def _count(session: Session, dataset: Dataset) -> int:
    return session.scalar(select(func.count()).where(Citation.dataset_id == dataset.id)) or 0


def _pass_citations(session: Session, kept: Dataset, gone: Dataset, _now: datetime) -> None:
    """Entries cite `kept` instead; one that cites both says of it what it said of each. Versions stay as they are."""
    cited = select(Citation).where(Citation.dataset_id == kept.id)
    already = {each.entry_id: each for each in session.scalars(cited)}
    for citation in session.scalars(select(Citation).where(Citation.dataset_id == gone.id)).all():
        other = already.get(citation.entry_id)
        if other is None:
            citation.dataset_id = kept.id
        else:
            other.usage = joined_usage(other.usage, citation.usage, LONGEST_USAGE)
            session.delete(citation)
    session.flush()


CITATIONS = Holder(_in_words, _count, _pass_citations)
