"""The order of files: one main file, no two in one place, the harvest leaves it alone."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.catalogue import ordering
from challenges.catalogue.models import Dataset, Resource
from hackaviz.kernel.audit import Action
from tests.factories import both, make_dataset, make_person, sign_in
from tests.support.client import SiteClient


def files(session: Session) -> tuple[Dataset, list[Resource]]:
    dataset = make_dataset(session)
    for position, name in ((0, "notice"), (2, "ports"), (5, "quays")):
        link = {"url": f"https://port.example/{name}", "title": both(name), "format": "csv"}
        dataset.resources.append(Resource(position=position, **link))
    session.flush()
    return dataset, list(dataset.resources)


def order(dataset: Dataset) -> list[str]:
    return [each.url.rsplit("/", 1)[1] for each in dataset.resources]


def test_a_file_is_made_the_main_one_or_moved_up(session: Session, now: datetime):
    dataset, (notice, _ports, quays) = files(session)
    ordering.make_main(session, resource=quays, actor=None, now=now)
    assert order(dataset) == ["quays", "notice", "ports"]
    ordering.move_up(session, resource=notice, actor=None, now=now)
    ordering.move_up(session, resource=notice, actor=None, now=now)
    assert order(dataset) == ["notice", "quays", "ports"]
    assert [each.position for each in dataset.resources] == [0, 1, 2]
    assert session.query(Action).filter_by(verb="dataset.order_files").count() == 2


@pytest.mark.database("sqlite")
def test_a_steward_orders_files_on_the_page(session: Session, client: SiteClient):
    dataset, (_notice, _ports, quays) = files(session)
    address = f"/catalogue/{dataset.slug}/files/{quays.id}"
    sign_in(client, make_person(session))
    assert client.post(f"{address}/main").status_code == 403
    sign_in(client, make_person(session, is_steward=True))
    assert client.post(f"{address}/up").status_code == 302
    assert client.post(f"{address}/main").status_code == 302
    assert session.scalars(select(Resource).order_by(Resource.position)).first().id == quays.id
    assert "main file" in client.get(f"/catalogue/{dataset.slug}?lang=en").text
