"""Imports as jobs: looked at first, confirmed, killed and resumed, stopped, repeated by night."""

import io
import json
from collections.abc import Callable
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from challenges.catalogue.harvest.models import HarvestedRecord, HarvestSource
from challenges.catalogue.harvest.reading import read_into
from challenges.catalogue.imports import progress, service
from challenges.catalogue.imports.jobs import Importer, begin_due_harvest
from challenges.catalogue.imports.models import CatalogueImport, HarvestSchedule, ImportFinding
from challenges.catalogue.imports.rules import Change, ImportState, Rhythm
from challenges.catalogue.models import Dataset
from challenges.catalogue.queries import dataset_count
from hackaviz.accounts.models import Person
from hackaviz.kernel.confined import Caps
from hackaviz.kernel.errors import DomainError
from hackaviz.kernel.fetch.errors import HostUnknown
from hackaviz.kernel.fetch.fetching import Fetched, Fetcher
from hackaviz.kernel.mail import OutgoingMail
from hackaviz.web.storage import current_storage
from tests.factories import make_person

PORTAL = "https://portal.example/catalogue.json"


def record(number: int, **values: Any) -> dict[str, Any]:
    link = {"downloadURL": f"https://x.example/{number}.csv", "title": "Table", "format": "CSV"}
    return {"identifier": f"d{number}", "title": f"Jeu {number}", "license": "ODbL", "distribution": [link]} | values


class Killed(BaseException):
    """The job process dies here."""


def die(*_arguments: Any) -> None:
    raise Killed


class Portal(Fetcher):
    """A portal that answers what a test says."""

    def fetch(self, url: str, target: Any, headers: Any = None) -> Fetched:
        answer = ANSWERS[url]
        if isinstance(answer, Exception):
            raise answer
        target.write(answer)
        return Fetched(url, "application/json", len(answer), "", {})


ANSWERS: dict[str, Any] = {}


def answer(*records: Any) -> None:
    ANSWERS[PORTAL] = json.dumps({"dataset": records}).encode()


@pytest.fixture
def work(app: Flask, session: Session, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Does what is due, as the job process does. Files are read in this process, since starting another takes long."""

    def read_here(_function: str, *arguments: str, caps: Caps) -> Any:
        return read_into(*arguments)

    monkeypatch.setattr("challenges.catalogue.harvest.gathering.run_confined", read_here)
    with app.app_context():
        yield Work(session, Importer(current_storage(), Portal(), clock=lambda: now), now)


class Work:
    """The job process, and a steward."""

    def __init__(self, session: Session, importer: Importer, now: datetime) -> None:
        self.session, self.importer, self.now = session, importer, now
        self.steward: Person = make_person(session, is_steward=True)
        session.commit()

    @contextmanager
    def transaction(self) -> Any:
        try:
            yield self.session
            self.session.commit()
        except BaseException:
            self.session.rollback()
            raise

    def run(self) -> None:
        while self.importer.step(self.transaction, self.now):
            pass

    def ask(self, address: str = PORTAL) -> CatalogueImport:
        self.now += timedelta(minutes=1)
        return self.act(service.ask_import, wanted=service.Wanted(address, "portal.example"))

    def act(self, verb: Callable[..., Any], **facts: Any) -> Any:
        with self.transaction():
            return verb(self.session, actor=self.steward, now=self.now, **facts)

    def bring_in(self, *records: Any) -> CatalogueImport:
        answer(*records)
        this = self.ask()
        self.run()
        self.act(service.confirm_import, this=this)
        self.run()
        return this

    def found(self, this: CatalogueImport, change: Change) -> list[ImportFinding]:
        query = select(ImportFinding).where(ImportFinding.import_id == this.id, ImportFinding.change == change)
        return list(self.session.scalars(query.order_by(ImportFinding.position)))

    def datasets(self) -> int:
        return self.session.scalar(select(func.count()).select_from(Dataset)) or 0


def counts(this: CatalogueImport) -> tuple[int, int, int, int, int]:
    return this.created, this.updated, this.unchanged, this.vanished, this.rejected


def test_a_look_says_what_would_change_and_changes_nothing(work: Work):
    work.bring_in(*(record(number) for number in range(4)))
    answer(record(0), record(1, title="Autre", keyword=["quai"]), record(2, title=None), record(9))
    this = work.ask()
    work.run()
    assert (this.state, this.records_total) == (ImportState.READY, 4)
    assert this.expected == {"new": 1, "changed": 1, "gone": 1, "rejected": 1, "unchanged": 1}
    (changed,) = work.found(this, Change.CHANGED)
    assert changed.slug == "jeu-1"
    assert {each["fact"]: (each["old"], each["new"]) for each in changed.facts} == {
        "title": ({"fr": "Jeu 1"}, {"fr": "Autre"}),
        "keywords": ([], ["quai"]),
    }
    assert [each.title for each in work.found(this, Change.GONE)] == ["Jeu 3"]
    assert [each.reason for each in work.found(this, Change.REJECTED)] == ["no-title"]
    assert work.datasets() == 4
    work.act(service.confirm_import, this=this)
    work.run()
    assert (this.state, counts(this)) == (ImportState.DONE, (1, 1, 1, 1, 1))
    assert this.records_key is None


def test_a_second_import_changes_nothing(work: Work):
    work.bring_in(*(record(number) for number in range(3)))
    assert counts(work.bring_in(*(record(number) for number in range(3)))) == (0, 0, 3, 0, 0)


@pytest.mark.database("sqlite")
def test_an_import_that_is_killed_goes_on_and_counts_each_record_once(work: Work, monkeypatch: pytest.MonkeyPatch):
    answer(*(record(number) for number in range(60)), record(3), record(61, title=None))
    monkeypatch.setattr("challenges.catalogue.harvest.importing.BATCH", 20)
    this = work.ask()
    work.run()
    work.act(service.confirm_import, this=this)
    note, batches = progress.note_batch, []

    def die_in_the_third(*arguments: Any) -> None:
        batches.append(1)
        if len(batches) == 3:
            raise Killed
        note(*arguments)

    monkeypatch.setattr(progress, "note_batch", die_in_the_third)
    with pytest.raises(Killed):
        work.run()
    assert (this.records_done, this.created, work.datasets()) == (40, 40, 40)
    # The claim of the dead: another process waits for its end, the one that starts again gives it back at once.
    assert not work.importer.step(work.transaction, work.now)
    with work.transaction() as session:
        progress.release_claims(session)
    work.run()
    assert (this.state, counts(this), work.datasets()) == (ImportState.DONE, (60, 0, 0, 0, 2), 60)
    assert dataset_count(work.session) == 60


@pytest.mark.database("sqlite")
def test_a_look_that_is_killed_begins_anew(work: Work, monkeypatch: pytest.MonkeyPatch):
    answer(record(1), record(2, title=None))
    this = work.ask()
    with monkeypatch.context() as patch:
        patch.setattr(progress, "looked", die)
        with pytest.raises(Killed):
            work.run()
    work.importer.step(work.transaction, work.now + progress.LEASE)
    assert (this.state, this.expected["new"], this.expected["rejected"]) == (ImportState.READY, 1, 1)
    assert (len(work.found(this, Change.NEW)), this.records_total) == (1, 2)


@pytest.mark.database("sqlite")
def test_a_stopped_import_keeps_what_is_written_and_can_go_on(work: Work, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("challenges.catalogue.harvest.importing.BATCH", 10)
    answer(*(record(number) for number in range(30)))
    this = work.ask()
    work.run()
    work.act(service.confirm_import, this=this)
    note = progress.note_batch

    def note_and_let_a_steward_stop_it(*arguments: Any) -> None:
        note(*arguments)
        this.state = ImportState.STOPPED

    with monkeypatch.context() as patch:
        patch.setattr(progress, "note_batch", note_and_let_a_steward_stop_it)
        work.run()
    assert (this.state, this.records_done, work.datasets()) == (ImportState.STOPPED, 10, 10)
    work.act(service.resume_import, this=this)
    work.run()
    assert (this.state, counts(this)) == (ImportState.DONE, (30, 0, 0, 0, 0))
    with pytest.raises(service.NotNow):
        work.act(service.stop_import, this=this)


@pytest.mark.database("sqlite")
def test_a_look_ends_when_a_steward_sets_it_aside(work: Work, monkeypatch: pytest.MonkeyPatch):
    answer(record(1))
    this, begin = work.ask(), progress.begin_look

    def begin_and_let_a_steward_set_it_aside(*arguments: Any) -> None:
        begin(*arguments)
        this.state = ImportState.SET_ASIDE

    monkeypatch.setattr(progress, "begin_look", begin_and_let_a_steward_set_it_aside)
    work.run()
    assert (this.state, work.found(this, Change.NEW), this.claimed_until) == (ImportState.SET_ASIDE, [], None)


@pytest.mark.database("sqlite")
def test_a_job_that_dies_again_and_again_is_given_up(work: Work, monkeypatch: pytest.MonkeyPatch):
    answer(record(1))
    this = work.ask()
    monkeypatch.setattr(progress, "begin_look", die)
    for _ in range(5):
        with pytest.raises(Killed):
            work.importer.step(work.transaction, work.now)
        with work.transaction() as session:
            progress.release_claims(session)
    assert not work.importer.step(work.transaction, work.now)
    assert (this.state, this.failure_code) == (ImportState.FAILED, "gave-up")


def test_a_source_is_imported_once_at_a_time(work: Work):
    answer(record(1))
    first = work.ask()
    with pytest.raises(service.ImportUnderWay):
        work.ask()
    work.run()
    second = work.ask()
    assert (first.state, second.state) == (ImportState.SET_ASIDE, ImportState.ASKED)


@pytest.mark.database("sqlite")
def test_an_upload_of_the_same_name_is_the_same_source(work: Work):
    for title in ("Jeu 1", "Autre"):
        body = io.BytesIO(json.dumps({"dataset": [record(1, title=title)]}).encode())
        key = work.importer.storage.write(body).key
        this = work.act(service.ask_import, wanted=service.uploaded("jeux.json", key, "auto"))
        work.run()
        work.act(service.confirm_import, this=this)
        work.run()
    assert (counts(this), this.found_format, work.datasets()) == ((0, 1, 0, 0, 0), "datajson", 1)


@pytest.mark.database("sqlite")
@pytest.mark.parametrize(
    ("came", "code"), [(HostUnknown("portal.example"), "host-unknown"), (b'{"dataset": [', "unreadable")]
)
def test_what_cannot_be_had_or_read_fails_in_words_and_changes_nothing(work: Work, came: Any, code: str):
    ANSWERS[PORTAL] = came
    this = work.ask()
    work.run()
    assert (this.state, this.failure_code, work.datasets()) == (ImportState.FAILED, code, 0)


@pytest.mark.database("sqlite")
def test_an_address_inside_is_never_asked(work: Work):
    this = work.ask("http://127.0.0.1:8009/catalogue")
    importer = Importer(work.importer.storage)
    assert importer.step(work.transaction, work.now)
    assert (this.state, this.failure_code) == (ImportState.FAILED, "address-refused")


class Night:
    """The nights of a source with a schedule."""

    def __init__(self, work: Work) -> None:
        self.work, self.night = work, work.now
        source = work.session.scalars(select(HarvestSource)).one()
        work.act(service.set_schedule, source=source, rhythm=Rhythm.DAILY)
        self.schedule = work.session.scalars(select(HarvestSchedule)).one()

    def passes(self) -> CatalogueImport:
        self.night = self.schedule.next_at
        assert begin_due_harvest(self.work.transaction, self.night)
        assert not begin_due_harvest(self.work.transaction, self.night)
        while self.work.importer.step(self.work.transaction, self.night):
            pass
        return self.work.session.scalars(select(CatalogueImport).order_by(CatalogueImport.id.desc())).first()

    def letters(self) -> int:
        return self.work.session.scalar(select(func.count()).select_from(OutgoingMail)) or 0


def test_a_schedule_harvests_each_night_without_asking(work: Work):
    work.bring_in(*(record(number) for number in range(5)))
    night = Night(work)
    answer(*(record(number) for number in range(6)))
    work.session.scalars(select(CatalogueImport)).one().wanted_format = "datajson"
    this = night.passes()
    assert this.wanted_format == "datajson"
    assert (this.state, this.is_scheduled, counts(this)) == (ImportState.DONE, True, (1, 0, 5, 0, 0))
    assert night.schedule.next_at == night.night + timedelta(days=1)


@pytest.mark.database("sqlite")
def test_a_night_that_fails_changes_nothing_and_is_told_once(work: Work):
    work.bring_in(record(1), record(2))
    night = Night(work)
    ANSWERS[PORTAL] = HostUnknown("portal.example")
    assert [night.passes().state, night.passes().state] == [ImportState.FAILED] * 2
    assert (work.datasets(), night.letters()) == (2, 1)
    answer(record(1), record(2))
    night.passes()
    ANSWERS[PORTAL] = HostUnknown("portal.example")
    night.passes()
    assert night.letters() == 2


@pytest.mark.database("sqlite")
def test_a_night_on_which_half_of_a_source_is_gone_waits_for_a_person(work: Work):
    work.bring_in(*(record(number) for number in range(4)))
    night = Night(work)
    answer(record(0))
    this = night.passes()
    assert (this.state, night.letters()) == (ImportState.READY, 1)
    vanished = select(func.count()).where(HarvestedRecord.vanished_at.is_not(None))
    assert work.session.scalar(vanished) == 0
    # The next night the portal is itself again.
    answer(*(record(number) for number in range(4)))
    assert (night.passes().state, this.state) == (ImportState.DONE, ImportState.SET_ASIDE)


@pytest.mark.database("sqlite")
def test_a_file_cannot_be_harvested_again(work: Work):
    source = HarvestSource(address="upload:a.csv", name="a", format="csv", created_at=work.now, harvested_at=work.now)
    work.session.add(source)
    with pytest.raises(DomainError, match="no address"):
        work.act(service.set_schedule, source=source, rhythm=Rhythm.WEEKLY)
