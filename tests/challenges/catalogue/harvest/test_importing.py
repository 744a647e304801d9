"""Importing into real databases: again, in parallel, with bad records, with edits of stewards, from an address."""

import json
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from challenges.catalogue.harvest.gathering import gather
from challenges.catalogue.harvest.importing import BATCH, Report, write
from challenges.catalogue.harvest.models import HarvestedRecord, HarvestSource
from challenges.catalogue.harvest.record import Unreadable
from challenges.catalogue.models import Availability, Dataset, Publisher, Resource
from challenges.catalogue.queries import Search, search
from challenges.catalogue.service import attach_link, remove_resource
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.kernel.fetch.errors import AddressRefused, TooManyBytes
from hackaviz.kernel.fetch.fetching import Fetcher, FetchLimits
from hackaviz.kernel.jobs import Transaction, transactions


@pytest.fixture
def transaction(database_url: str) -> Any:
    engine = open_engine(database_url)
    yield transactions(session_factory(engine))
    engine.dispose()


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    return tmp_path / "data.json"


def record(number: int, **values: Any) -> dict[str, Any]:
    return {
        "identifier": f"d{number}",
        "title": f"Jeu numéro {number}",
        "description": "Les quais du port",
        "publisher": {"name": f"Producteur {number % 3}"},
        "license": "ODbL",
        "keyword": ["quai"],
        "distribution": [{"downloadURL": f"https://x.example/{number}.csv", "title": "Table", "format": "CSV"}],
    } | values


def put(catalogue: Path, *records: Any) -> None:
    catalogue.write_text(json.dumps({"dataset": records}))


def run(transaction: Transaction, source: Path | str, now: datetime, **options: Any) -> Report:
    folder = Path(str(source)).parent if isinstance(source, Path) else options.pop("folder")
    gathered = gather(str(source), wanted="auto", folder=folder, clock=lambda: 0.0, **options)
    return write(transaction, gathered, actor=None, now=now)


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.vanished, len(report.rejected)


def found(transaction: Transaction, identifier: str = "d1") -> dict[str, Any]:
    with transaction() as session:
        dataset = session.scalars(
            select(Dataset).join(HarvestedRecord).where(HarvestedRecord.identifier == identifier)
        ).one()
        return {
            "title": dataset.title,
            "period": dataset.period,
            "licence": dataset.licence,
            "publisher": dataset.publisher.name,
            "links": [resource.url for resource in dataset.resources],
            "formats": dataset.formats,
            "slug": dataset.slug,
        }


def change(transaction: Transaction, act: Callable[[Session, Dataset], Any]) -> None:
    with transaction() as session:
        act(
            session,
            session.scalars(select(Dataset).join(HarvestedRecord).where(HarvestedRecord.identifier == "d1")).one(),
        )


def rows(transaction: Transaction, table: Any) -> int:
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_second_and_a_third_run_change_nothing(transaction, catalogue, now):
    put(catalogue, *(record(number) for number in range(20)))
    assert counts(run(transaction, catalogue, now)) == (20, 0, 0, 0, 0)
    for days in (1, 2):
        assert counts(run(transaction, catalogue, now + timedelta(days=days))) == (0, 0, 20, 0, 0)
    assert (rows(transaction, Dataset), rows(transaction, Resource), rows(transaction, Publisher)) == (20, 20, 3)


def test_a_harvested_dataset_is_found_by_all_it_says(transaction, catalogue, now):
    put(catalogue, record(1, title="Trafic des conteneurs", temporal="2019-01-01/2020-12-31", theme=["Transports"]))
    run(transaction, catalogue, now)
    with transaction() as session:
        for text in ("conteneurs", "quais", "producteur 1", "mobilité", "odbl", "csv", "quai"):
            (dataset,) = search(session, Search(text), page=1, language="fr").rows
        assert (dataset.slug, dataset.theme, dataset.licence) == ("trafic-des-conteneurs", "mobility", "odbl")
        assert (dataset.availability, dataset.period) == (Availability.DESCRIBED, "2019–2020")
        assert (dataset.keywords, dataset.seen_in) == (["quai", "Transports"], "data.json")


def test_what_changed_is_updated_and_what_vanished_is_marked_and_kept(transaction, catalogue, now):
    put(catalogue, record(1), record(2), record(3))
    run(transaction, catalogue, now)
    put(catalogue, record(1, title="Autre titre", license="CC BY 4.0"), record(2))
    report = run(transaction, catalogue, now + timedelta(days=1))
    assert counts(report) == (0, 1, 1, 1, 0)
    assert (found(transaction)["title"], found(transaction)["licence"]) == (Bilingual(fr="Autre titre"), "cc-by-4.0")
    with transaction() as session:
        marked = session.scalars(select(HarvestedRecord).where(HarvestedRecord.vanished_at.is_not(None))).one()
        assert (marked.identifier, marked.vanished_at, marked.dataset.title.fr) == (
            "d3",
            now + timedelta(days=1),
            "Jeu numéro 3",
        )
    assert counts(run(transaction, catalogue, now + timedelta(days=2))) == (0, 0, 2, 0, 0)
    put(catalogue, record(1, title="Autre titre", license="CC BY 4.0"), record(2), record(3))
    assert counts(run(transaction, catalogue, now + timedelta(days=3))) == (0, 1, 2, 0, 0)


def test_one_bad_record_never_stops_the_others(transaction, catalogue, now):
    records: list[Any] = [record(number) for number in range(1_000)]
    records[500] = record(500, title=None)
    records[700] = record(700, title={"deep": [1, {"x": None}]}, identifier={"odd": True}, landingPage="javascript:x")
    records[800] = "not even an object"
    records[900] = record(3)
    put(catalogue, *records)
    report = run(transaction, catalogue, now)
    assert counts(report) == (996, 0, 0, 0, 4)
    assert {each["id"]: each["reason"] for each in report.rejected}["d500"] == "It has no title."
    assert next(each for each in report.rejected if each["id"] == "d3")["reason"].startswith("The same identifier")


def test_a_record_that_the_database_refuses_stands_alone(transaction, catalogue, now):
    put(catalogue, *(record(number) for number in range(40)))
    gathered = gather(str(catalogue), wanted="auto", folder=catalogue.parent, clock=lambda: 0.0)
    (lines,) = gathered.lines
    # Past the readers, so that only the database can refuse it: no dataset is without a licence.
    text = lines.read_text().split("\n")
    text[7] = json.dumps([json.loads(text[7])[0] | {"licence": None}])
    lines.write_text("\n".join(text))
    report = write(transaction, gathered, actor=None, now=now)
    assert counts(report) == (39, 0, 0, 0, 1)
    assert report.rejected == [{"id": "d7", "reason": "The database refused it."}]


def test_parallel_runs_make_no_duplicates(database_url, transaction, catalogue, now, tmp_path):
    put(catalogue, *(record(number) for number in range(300)))
    reports, faults = list[Report](), list[BaseException]()

    def one(number: int) -> None:
        engine = open_engine(database_url)
        folder = tmp_path / f"run-{number}"
        folder.mkdir()
        try:
            gathered = gather(str(catalogue), wanted="auto", folder=folder, clock=lambda: 0.0)
            together.wait()
            moment = now + timedelta(seconds=number)
            reports.append(write(transactions(session_factory(engine)), gathered, actor=None, now=moment))
        except BaseException as error:  # noqa: BLE001  shown by the assertion below
            faults.append(error)
        finally:
            engine.dispose()

    together = threading.Barrier(3)
    threads = [threading.Thread(target=one, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert sum(report.created for report in reports) == 300
    assert all(not report.rejected and not report.vanished for report in reports)
    assert (rows(transaction, Dataset), rows(transaction, HarvestedRecord), rows(transaction, HarvestSource)) == (
        300,
        300,
        1,
    )


def test_facts_that_a_steward_changed_are_kept_and_the_others_follow(transaction, catalogue, now):
    put(catalogue, record(1, temporal="2019"))
    run(transaction, catalogue, now)
    change(
        transaction, lambda _session, dataset: setattr(dataset, "title", Bilingual(fr="Mieux dit", en="Better said"))
    )
    put(catalogue, record(1, title="Dit autrement", temporal="2020", publisher={"name": "Autre"}))
    assert counts(run(transaction, catalogue, now + timedelta(days=1))) == (0, 1, 0, 0, 0)
    after = found(transaction)
    assert (after["title"], after["period"], after["publisher"]) == (
        Bilingual(fr="Mieux dit", en="Better said"),
        "2020",
        "Autre",
    )
    assert after["slug"] == "jeu-numero-1"


def test_links_of_stewards_stay_and_those_they_took_away_stay_away(transaction, catalogue, now):
    files = [{"downloadURL": f"https://x.example/{name}.csv", "title": name, "format": "CSV"} for name in "abc"]
    put(catalogue, record(1, distribution=files))
    run(transaction, catalogue, now)

    def edit(session: Session, dataset: Dataset) -> None:
        remove_resource(session, resource=dataset.resources[0], actor=None, now=now)
        own = {"url": "https://own.example/x.json", "title": Bilingual(en="Own"), "file_format": "json"}
        attach_link(session, dataset=dataset, actor=None, now=now, **own)

    change(transaction, edit)
    put(catalogue, record(1, distribution=[files[0], files[1], {"downloadURL": "https://x.example/d.pdf"}]))
    run(transaction, catalogue, now + timedelta(days=1))
    after = found(transaction)
    assert after["links"] == ["https://x.example/b.csv", "https://own.example/x.json", "https://x.example/d.pdf"]
    assert after["formats"] == ["csv", "json", "pdf"]


def test_two_datasets_of_one_title_have_two_addresses(transaction, catalogue, now):
    put(catalogue, record(1, title="Quais"), record(2, title="Quais"), record(3, title="New"), record(4, title="日本"))
    run(transaction, catalogue, now)
    with transaction() as session:
        slugs = sorted(session.scalars(select(Dataset.slug)))
    assert slugs[2] == "quais" and slugs[3].startswith("quais-") and slugs[1].startswith("new-")
    assert slugs[0].startswith("dataset-")


def test_an_import_that_broke_off_goes_on_where_it_was(transaction, catalogue, now):
    put(catalogue, *(record(number) for number in range(600)), record(3))
    gathered = gather(str(catalogue), wanted="auto", folder=catalogue.parent, clock=lambda: 0.0)
    places = []

    def kill_in_the_second_batch(_session: Session, _outcome: Any, read: int) -> None:
        if places:
            raise KeyboardInterrupt
        places.append(read)

    with pytest.raises(KeyboardInterrupt):
        write(transaction, gathered, actor=None, now=now, within=kill_in_the_second_batch)
    assert (places, rows(transaction, Dataset)) == ([BATCH], BATCH)
    report = write(transaction, gathered, actor=None, now=now, begin_at=BATCH)
    assert counts(report) == (600 - BATCH, 0, 0, 0, 1)
    assert counts(write(transaction, gathered, actor=None, now=now)) == (0, 0, 600, 0, 1)


def test_a_file_that_breaks_off_changes_nothing(transaction, catalogue, now):
    put(catalogue, record(1), record(2))
    run(transaction, catalogue, now)
    catalogue.write_text(catalogue.read_text()[:-40].replace("Jeu", "Autre"))
    with pytest.raises(Unreadable, match="cut short"):
        run(transaction, catalogue, now + timedelta(days=1))
    assert found(transaction)["title"] == Bilingual(fr="Jeu numéro 1")


@pytest.mark.database("sqlite")
def test_an_address_inside_is_never_fetched(transaction, tmp_path, now):
    with pytest.raises(AddressRefused):
        run(transaction, "http://127.0.0.1:8009/catalogue", now, folder=tmp_path)


@pytest.mark.database("sqlite")
def test_pages_are_followed_to_the_end_and_capped(transaction, tmp_path, now, pages):
    address, allowed = pages
    fetcher = Fetcher(allow=allowed, limits=FetchLimits(bytes=100_000, seconds=10))
    report = run(transaction, f"{address}/api?page=1", now, folder=tmp_path, fetcher=fetcher)
    assert counts(report) == (6, 0, 0, 0, 0)
    with pytest.raises(Unreadable, match="goes on beyond"):
        run(transaction, f"{address}/endless?page=1", now, folder=tmp_path, fetcher=fetcher)
    with pytest.raises(TooManyBytes):
        run(
            transaction,
            f"{address}/api?page=1",
            now,
            folder=tmp_path,
            fetcher=Fetcher(allow=allowed, limits=FetchLimits(bytes=50)),
        )
    assert rows(transaction, Dataset) == 6


@pytest.fixture
def pages(monkeypatch) -> Any:
    """A portal of three pages, and one that never ends."""

    class Portal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place, _, number = self.path.partition("?page=")
            page = int(number)
            following = f"{place}?page={page + 1}" if page < 3 or place == "/endless" else None
            rows = [{"id": f"{page}-{each}", "title": f"Jeu {page} {each}"} for each in range(2)]
            body = json.dumps({"data": rows, "page": page, "next_page": following}).encode()
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    monkeypatch.setattr("challenges.catalogue.harvest.gathering.MOST_PAGES", 4)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", frozenset({("127.0.0.1", server.server_port)})
    server.shutdown()
    server.server_close()
