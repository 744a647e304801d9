"""Two who change the catalogue at once: both are kept, and both are counted.

On SQLite the second cannot even begin before the first is done.
"""

import threading
from datetime import datetime

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from challenges.catalogue import service
from challenges.catalogue.details import DatasetDetails
from challenges.catalogue.models import Dataset, FacetCount
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import session_factory

pytestmark = pytest.mark.database("postgresql")


def add(session: Session, name: str, now: datetime) -> None:
    title = Bilingual(fr=name, en=name)
    details = DatasetDetails(
        title=title, description=title, publisher_name=name, theme="ports", licence="lov2", formats=("csv",)
    )
    service.add_dataset(session, details=details, actor=None, now=now)


def test_two_who_add_datasets_at_once_are_both_kept_and_counted(engine: Engine, session: Session, now: datetime):
    failed = list[Exception]()

    def add_too() -> None:
        try:
            with session_factory(engine)() as own:
                add(own, "Second", now)
                own.commit()
        except SQLAlchemyError as error:
            failed.append(error)

    add(session, "Zero", now)
    session.commit()
    add(session, "First", now)
    other = threading.Thread(target=add_too)
    other.start()
    other.join(timeout=0.5)
    assert other.is_alive()
    session.commit()
    other.join()
    assert failed == []
    assert session.scalar(select(func.count()).select_from(Dataset)) == 3
    assert session.scalar(select(FacetCount.count).where(FacetCount.facet == "all")) == 3
