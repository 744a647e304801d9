"""What people do with the demo's data while an edition is open: they look, ask, follow, and work with frozen files."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from challenges.catalogue.following.service import follow
from challenges.catalogue.models import Dataset
from challenges.catalogue.questions.service import answer, ask
from challenges.catalogue.snapshots.service import pin
from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.demo.calendar import DemoCalendar
from hackaviz.demo.content import read_works
from hackaviz.demo.people import request_key
from hackaviz.demo.visits import count_visits

PORTS, AIRPORTS = "world-ports", "mediterranean-airports"
ASKED = (
    "Que veut dire 0 dans la colonne linked_countries : un port sans liaison, ou une liaison que la source ne connaît "
    "pas ?"
)
ANSWERED = (
    "La source ne rattache aucun pays à ce port, et ne dit pas pourquoi. Lisez 0 comme « inconnu », pas comme « aucun "
    "trafic ». La source ne dit pas non plus de quelle année sont les liens : comparez des ports entre eux, ne mesurez "
    "pas leur activité."
)
WAITING = "Les coordonnées sont-elles celles du bassin, de l’entrée du port ou de la ville ?"


def put_data_to_use(
    session: Session,
    *,
    edition: Edition,
    datasets: Mapping[str, Dataset],
    people: Mapping[str, Person],
    calendar: DemoCalendar,
    now: datetime,
) -> None:
    """An answered question and one that waits; two datasets that somebody follows and whose main file is pinned."""
    count_visits(session, datasets=datasets, works=read_works(), today=now.date())
    captain, member, steward = (people[name] for name in ("captain", "member", "steward"))
    begun = calendar.submission_opens
    asked: dict[str, Any] = {"dataset": datasets[PORTS], "actor": captain, "now": begun + timedelta(days=1)}
    question = ask(session, text=ASKED, request_key=request_key(), **asked)
    answer(session, question=question, text=ANSWERED, actor=steward, now=begun + timedelta(days=2))
    asked |= {"actor": member, "now": begun + timedelta(days=5)}
    ask(session, text=WAITING, request_key=request_key(), **asked)
    for slug in (PORTS, AIRPORTS):
        dataset = datasets[slug]
        follow(session, dataset=dataset, actor=captain, now=now)
        pin(session, edition=edition, resource=dataset.resources[0], actor=steward, now=now)
