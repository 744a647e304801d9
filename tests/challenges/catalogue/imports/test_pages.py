"""The pages of imports: what stewards see and do; nobody else sees them."""

import io
import json
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.catalogue.harvest.models import HarvestedRecord, HarvestSource
from challenges.catalogue.harvest.reading import read_into
from challenges.catalogue.imports.models import CatalogueImport, HarvestSchedule, ImportFinding
from challenges.catalogue.imports.rules import Change, ImportState, Rhythm
from challenges.catalogue.models import Dataset
from hackaviz.kernel.confined import Caps
from hackaviz.web.jobs import do_due_work
from tests.factories import make_dataset, make_person, save, sign_in
from tests.support.client import SiteClient
from tests.support.queries import count_queries

pytestmark = pytest.mark.database("sqlite")


@pytest.fixture
def steward(session: Session, client: SiteClient, monkeypatch: pytest.MonkeyPatch) -> SiteClient:
    """A steward at the pages; files are read in this process, since starting another takes long."""

    def read_here(_function: str, *arguments: str, caps: Caps) -> Any:
        return read_into(*arguments)

    monkeypatch.setattr("challenges.catalogue.harvest.gathering.run_confined", read_here)
    sign_in(client, make_person(session, is_steward=True))
    return client


def send(client: SiteClient, *records: Any, name: str = "jeux.json") -> str:
    body = io.BytesIO(json.dumps({"dataset": records}).encode())
    answer = client.post("/catalogue/imports/new", data={"file": (body, name), "format": "auto"})
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def test_a_file_is_looked_at_confirmed_and_written(app: Flask, session: Session, steward: SiteClient):
    first = {"identifier": "1", "title": "Quais <b>", "description": "Longs"}
    page = send(steward, first, {"identifier": "2"}, {"identifier": "3", "title": "Grues"})
    waiting = steward.get(f"{page}?lang=en").text
    assert "Being looked at" in waiting and 'data-refresh="due"' in waiting
    do_due_work(app)
    ready = steward.get(f"{page}?lang=en").text
    for words in ("Waits for your word", "Write it into the catalogue", "Grues", "What would change"):
        assert words in ready
    assert "Quais <b>" not in ready
    assert "It has no title." in steward.get(f"{page}?change=rejected&lang=en").text
    assert "Il n’a pas de titre." in steward.get(f"{page}?change=rejected&lang=fr").text
    steward.get("/?lang=en")
    assert session.scalars(select(Dataset)).all() == []
    steward.post(f"{page}/confirm")
    assert "0 of 3 records are written" in steward.get(page).text
    do_due_work(app)
    done = steward.get(f"{page}?change=new").text
    assert "Imported" in done and 'href="/catalogue/grues"' in done
    steward.get(f"{page}/report.csv")
    again = send(steward, first | {"title": "Quais neufs"}, {"identifier": "3", "title": "Grues"})
    do_due_work(app)
    changed = steward.get(again).text
    assert "Quais neufs" in changed and "Before" in changed and "Earlier imports of this source" in changed
    report = steward.get(f"{again}/report.csv")
    assert report.mimetype == "text/csv" and "Changed,1,Quais neufs" in report.text
    listed = steward.get("/catalogue/imports?lang=en").text
    assert "jeux.json" in listed and "Send a new file" in listed
    steward.post(f"{again}/set-aside")
    assert steward.post(f"{again}/confirm").status_code == 409


def test_what_cannot_be_a_source_is_refused_beside_its_field(session: Session, steward: SiteClient):
    empty = {"file": (io.BytesIO(b""), "a.json"), "format": "auto"}
    both = {"file": (io.BytesIO(b"{}"), "a.json"), "address": "https://x.example/", "format": "auto"}
    for sent in ({"format": "auto"}, {"address": "ftp://x.example/a", "format": "auto"}, empty, both):
        assert steward.post("/catalogue/imports/new", data=sent).status_code == 422
    assert session.scalars(select(CatalogueImport)).all() == []


def test_an_address_inside_fails_in_words(app: Flask, steward: SiteClient):
    answer = steward.post("/catalogue/imports/new", data={"address": "http://10.0.0.1/catalogue", "format": "auto"})
    do_due_work(app)
    page = answer.headers["Location"]
    assert "leads inside a private network" in steward.get(f"{page}?lang=en").text
    assert "réseau privé" in steward.get(f"{page}?lang=fr").text
    assert "10.0.0.1" in steward.get("/catalogue/imports?lang=en").text


def make_source(session: Session, number: int, now: datetime) -> HarvestSource:
    address = f"https://portal{number}.example/data.json"
    facts = {"name": f"portal{number}.example", "format": "datajson", "created_at": now, "harvested_at": now}
    return save(session, HarvestSource(address=address, **facts))


def test_a_source_gets_a_schedule_and_is_looked_at_again(session: Session, steward: SiteClient, now: datetime):
    source = make_source(session, 1, now)
    session.commit()
    steward.post(f"/catalogue/sources/{source.id}/schedule", data={"rhythm": "weekly"})
    assert session.scalars(select(HarvestSchedule)).one().rhythm is Rhythm.WEEKLY
    assert "Every week" in steward.get("/catalogue/imports?lang=en").text
    assert steward.post(f"/catalogue/sources/{source.id}/import").status_code == 302
    assert steward.post(f"/catalogue/sources/{source.id}/import").status_code == 422
    steward.post(f"/catalogue/sources/{source.id}/schedule", data={"rhythm": ""})
    session.expire_all()
    assert session.scalars(select(HarvestSchedule)).all() == []


def test_what_vanished_is_listed_by_source(session: Session, steward: SiteClient, now: datetime):
    for number in (1, 2):
        facts = {"identifier": "1", "digest": "", "said": {}, "seen_at": now, "vanished_at": now}
        dataset = make_dataset(session, slug=f"gone-{number}")
        session.add(HarvestedRecord(source=make_source(session, number, now), dataset=dataset, **facts))
    session.commit()
    listed = steward.get("/catalogue/vanished?lang=en").text
    assert "/catalogue/gone-1" in listed and "/catalogue/gone-2" in listed
    (first,) = session.scalars(select(HarvestSource).where(HarvestSource.name == "portal1.example"))
    narrowed = steward.get(f"/catalogue/vanished?source={first.id}").text
    assert "/catalogue/gone-1" in narrowed and "/catalogue/gone-2" not in narrowed


def test_long_lists_are_paged_at_the_same_cost(session: Session, steward: SiteClient, now: datetime):
    counts = []
    for number in (3, 300):
        this = save(session, CatalogueImport(address=f"upload:{number}", name="a", wanted_format="auto", asked_at=now))
        this.state, this.expected = ImportState.READY, {"new": number}
        for position in range(number):
            session.add(ImportFinding(import_id=this.id, change=Change.NEW, position=position, identifier="x"))
            source = make_source(session, number * 1_000 + position, now)
            facts = {"identifier": "1", "digest": "", "said": {}, "seen_at": now}
            session.add(
                HarvestedRecord(source=source, dataset=make_dataset(session), **facts)
            ) if position < 3 else None
        session.commit()
        pages = ("/catalogue/imports", f"/catalogue/imports/{this.id}", "/catalogue/vanished")
        with count_queries() as queries:
            assert [steward.get(page).status_code for page in pages] == [200, 200, 200]
        counts.append(len(queries))
    assert counts[0] == counts[1]
