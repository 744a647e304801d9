"""Counting: in memory first, then added to what was counted before, on both databases."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from challenges.catalogue.impact.counting import Tally, write_when_due
from challenges.catalogue.impact.models import DatasetUse
from challenges.catalogue.impact.rules import UseKind
from challenges.catalogue.impact.service import add_uses
from challenges.catalogue.impact.views import TALLY
from hackaviz.kernel.clock import utc_now
from tests.factories import make_dataset
from tests.support.client import SiteClient
from tests.support.queries import count_queries

DAY = date(2026, 3, 2)
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0"}


def test_uses_are_added_to_what_was_counted_before(session: Session):
    one, two = make_dataset(session), make_dataset(session)
    counts = {(one.slug, DAY, UseKind.VIEW): 2, (one.slug, DAY, UseKind.DOWNLOAD): 1, (two.slug, DAY, UseKind.VIEW): 5}
    add_uses(session, counts=counts)
    with count_queries() as statements:
        add_uses(session, counts=counts | {("gone", DAY, UseKind.VIEW): 9})
    assert len(statements) == 2
    rows = session.execute(select(DatasetUse.dataset_id, DatasetUse.views, DatasetUse.downloads))
    assert sorted(rows) == sorted([(one.id, 4, 2), (two.id, 10, 0)])


def test_what_is_counted_waits_until_it_is_time_and_is_taken_once():
    tally = Tally()
    tally.add("ports", UseKind.VIEW, DAY)
    assert tally.take_when_due() == {}
    tally.write_every = 0
    assert tally.take_when_due() == {("ports", DAY, UseKind.VIEW): 1}
    assert tally.take_when_due() == {}


def test_what_could_not_be_written_is_kept():
    def away() -> Session:
        raise OperationalError("the database is away", None, Exception())

    tally = Tally(write_every=0)
    tally.add("ports", UseKind.VIEW, DAY)
    write_when_due(tally, away)
    assert tally.take_when_due() == {("ports", DAY, UseKind.VIEW): 1}


@pytest.mark.database("sqlite")
def test_pages_are_counted_in_memory_and_written_after_an_answer(app: Flask, session: Session, client: SiteClient):
    dataset = make_dataset(session)
    address = f"/catalogue/{dataset.slug}"
    app.extensions[TALLY].write_every = 3_600
    with count_queries() as statements:
        client.get(address, headers=BROWSER)
        client.get(address, headers={"User-Agent": "Googlebot/2.1"})
        client.get("/catalogue/nowhere", headers=BROWSER)
    assert not [each for each in statements if each.startswith(("INSERT", "UPDATE"))]
    app.extensions[TALLY].write_every = 0
    client.get(address, headers=BROWSER)
    row = session.scalars(select(DatasetUse)).one()
    assert (row.dataset_id, row.day, row.views, row.downloads) == (dataset.id, utc_now().date(), 2, 0)


def test_no_column_could_hold_who_it_was():
    assert {column.name for column in DatasetUse.__table__.columns} == {"dataset_id", "day", "views", "downloads"}
