"""One person in many windows at once asks as much as one window allows."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from challenges.catalogue.models import Dataset
from challenges.catalogue.questions import service
from challenges.catalogue.questions.models import DatasetQuestion
from challenges.catalogue.questions.rules import MOST_WITHIN
from hackaviz.accounts.models import Person
from hackaviz.kernel.database import session_factory
from tests.factories import make_dataset, make_person


def test_the_limit_holds_whoever_asks_at_once(engine: Engine, session: Session, now: datetime):
    dataset, person = make_dataset(session), make_person(session)
    session.commit()

    def ask(number: int) -> bool:
        with session_factory(engine)() as own, own.begin():
            asked = {"dataset": own.get_one(Dataset, dataset.id), "actor": own.get_one(Person, person.id), "now": now}
            try:
                service.ask(own, text="What is counted here?", request_key=f"key-{number}", **asked)
            except service.TooManyQuestions:
                return False
        return True

    with ThreadPoolExecutor(8) as windows:
        asked = list(windows.map(ask, range(2 * MOST_WITHIN)))
    assert sum(asked) == MOST_WITHIN
    assert session.scalar(select(func.count()).select_from(DatasetQuestion)) == MOST_WITHIN
