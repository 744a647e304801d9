"""What is published can be imported again, in each syntax and as a table, with nothing lost."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.catalogue import service
from challenges.catalogue.details import DatasetDetails
from challenges.catalogue.harvest.gathering import gather
from challenges.catalogue.harvest.importing import write
from challenges.catalogue.models import Dataset
from challenges.catalogue.publish.dcat import catalogue_node, dataset_node
from challenges.catalogue.publish.queries import every_dataset
from challenges.catalogue.publish.syntaxes import SYNTAXES, document
from challenges.catalogue.publish.table import table
from challenges.catalogue.rules import LICENCES, THEMES
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.kernel.jobs import transactions

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BASE = "https://data.example"
KINDS = (*SYNTAXES, "csv")
FREQUENCIES = ("", "continuous", "daily", "three-a-year", "every-five-years", "never")
PERIODS = ("", "2019", "2019–2023", "2024-01-15–", "–2020", "2020-02-01–2020-03-31", "Depuis longtemps")


@pytest.fixture(scope="module")
def published(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A session on a dataset for each licence, with themes, periods and frequencies of every kind."""
    path = tmp_path_factory.mktemp("published") / "a.sqlite"
    path.write_bytes(sqlite_template.read_bytes())
    engine = open_engine(f"sqlite:///{path}")
    with session_factory(engine)() as session:
        for number, licence in enumerate(LICENCES):
            add(session, number, licence)
        session.commit()
        yield session
    engine.dispose()


def add(session: Session, number: int, licence: str) -> None:
    details = DatasetDetails(
        slug=f"jeu-{number}",
        title=Bilingual(fr=f"Quais n° {number} « R&D < 5 »", en=f"Quays {number}" if number % 2 else ""),
        description=Bilingual(fr="Un texte.\n\n- une liste\n- avec [un lien](https://x.example)", en="A text."),
        publisher_name=f"Producteur {number % 3}",
        publisher_website="https://p.example/" if number % 2 else "",
        theme=list(THEMES)[number % len(THEMES)],
        licence=licence,
        licence_as_stated=f"comme dit {number}" if number % 3 else "",
        landing_page=f"https://p.example/{number}" + ("?of[]=1|2" if number % 2 else ""),
        coverage=Bilingual(fr="Marseille", en="Marseille") if number % 2 else None,
        period=PERIODS[number % len(PERIODS)],
        keywords=("quai", "mer & île", "port"),
        frequency=FREQUENCIES[number % len(FREQUENCIES)],
        contact="Joëlle · j@p.example" if number % 2 else "",
        bounds=(4.2, 43.1, 5.9, 44.3) if number % 4 else None,
        issued_on=date(2020, 1, 2),
        modified_on=date(2024, 5, 6) if number % 2 else None,
        formats=("geojson",),
    )
    dataset = service.add_dataset(session, details=details, actor=None, now=NOW)
    link = {"title": Bilingual(fr="Table, 2024", en="Table, 2024"), "file_format": "csv", "actor": None, "now": NOW}
    url = f"https://p.example/{number}/{{z}}.csv?a=1&b=é"
    resource = service.attach_link(session, dataset=dataset, url=url, **link)
    resource.bytes, resource.sha256 = 1_234, "a" * 64


def facts(dataset: Dataset) -> dict[str, Any]:
    names = (
        "title description theme licence licence_as_stated landing_page coverage period keywords frequency contact "
        "issued_on modified_on formats"
    ).split()
    found = {name: getattr(dataset, name) for name in names}
    links = [(each.url, each.title, each.format, each.bytes, each.sha256) for each in dataset.resources]
    house = (dataset.publisher.name, dataset.publisher.website)
    bounds = [float(each) for each in dataset.bounds] if dataset.bounds else None
    # RDF knows no order of keywords.
    return found | {"links": links, "publisher": house, "bounds": bounds, "keywords": sorted(dataset.keywords)}


def export(session: Session, syntax: str, path: Path) -> None:
    datasets: Iterator[Any] = every_dataset(session)
    if syntax == "csv":
        pieces = table(datasets, BASE)
    else:
        pieces = document(syntax, catalogue_node(BASE), (dataset_node(each, BASE) for each in datasets))
    path.write_bytes("".join(pieces).encode())


def imported(path: Path, template: Path, folder: Path) -> dict[str, dict[str, Any]]:
    other = folder / "b.sqlite"
    other.write_bytes(template.read_bytes())
    engine = open_engine(f"sqlite:///{other}")
    factory = session_factory(engine)
    gathered = gather(str(path), wanted="auto", folder=folder, clock=time.monotonic)
    report = write(transactions(factory), gathered, actor=None, now=NOW)
    assert (report.format, report.rejected) == ("csv" if path.suffix == ".csv" else "dcat", [])
    with factory() as session:
        found = {dataset.title.fr: facts(dataset) for dataset in session.scalars(select(Dataset))}
    engine.dispose()
    return found


@pytest.mark.parametrize("syntax", KINDS)
def test_what_is_exported_is_imported_with_nothing_lost(published, sqlite_template, tmp_path, syntax):
    path = tmp_path / f"catalogue.{syntax}"
    export(published, syntax, path)
    before = {dataset.title.fr: facts(dataset) for dataset in published.scalars(select(Dataset))}
    assert len(before) == len(LICENCES)
    after = imported(path, sqlite_template, tmp_path)
    assert after.keys() == before.keys()
    lost = {
        (title, name): (value, after[title][name])
        for title, said in before.items()
        for name, value in said.items()
        if after[title][name] != value
    }
    assert lost == {}


def test_the_same_catalogue_gives_the_same_bytes(published, tmp_path):
    for syntax in KINDS:
        first, second = tmp_path / "first", tmp_path / "second"
        for path in (first, second):
            export(published, syntax, path)
        assert first.read_bytes() == second.read_bytes()
