"""Search in a catalogue of 5,000 and of 50,000 datasets, in-process: a page of results, and the counts of its facets.

The queries are those of people: one word, two, a word half typed, words with accents, words and filters; some find
hundreds, some a handful. "Equal hits" is one word that as many datasets have in both catalogues. The larger one is then
exported in each syntax and as a table.
"""

import itertools
import random
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from challenges.catalogue.facets import FACETS, fresh_facet
from challenges.catalogue.harvest.details import details_of
from challenges.catalogue.harvest.inserting import NewDataset, insert_datasets
from challenges.catalogue.harvest.record import HarvestedDataset, HarvestedResource
from challenges.catalogue.harvest.service import open_source
from challenges.catalogue.models import Publisher
from challenges.catalogue.placing import recount
from challenges.catalogue.publish.dcat import catalogue_node, dataset_node
from challenges.catalogue.publish.queries import every_dataset
from challenges.catalogue.publish.syntaxes import SYNTAXES, document
from challenges.catalogue.publish.table import table
from challenges.catalogue.queries import Search, facet_counts, search
from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.kernel.migrate import upgrade
from tests.support.postgres import create_database, start_postgres

SIZES = (5_000, 50_000)
BATCH, ROUNDS, PUBLISHERS = 1_000, 5, 400
EQUAL_HITS = 200
FIRST_CHARACTERS = 8_000
BASE = "https://data.example"
NOW = datetime(2026, 11, 22, tzinfo=UTC)
SUBJECTS = (
    "quais escales navires conteneurs marchandises énergie électricité qualité air bruit eau mer littoral plage pêche "
    "vélo bus tramway parking routes travaux arbres parcs jardins écoles crèches population emploi logement budget "
    "marchés subventions élections monuments musées bibliothèques tourisme hôtels sport piscines déchets collecte "
    "inondations risques cadastre adresses communes quartiers santé hôpitaux pharmacies commerces entreprises"
).split()
PLACES = "Marseille Fos Martigues Aix Arles Istres Vitrolles Aubagne Toulon Nice Avignon Gap Digne Cannes".split()
ASKED = (
    "escales|conteneur|qualité air|QUALITE de l'air|énergie marseille|cadas|pla|hôpitaux nice|population quartiers|"
    "budget 2023|budget communes toulon|arbres parcs|monum|rares|inexistant"
).split("|")


def fill(session: Session, size: int) -> None:
    """Datasets of random subjects, places and years, by a few hundred publishers."""
    chance = random.Random(7)
    source = open_source(session, address="bench", name="bench", format_name="csv", now=NOW)
    publishers = [Publisher(slug=f"p{number}", name=f"Service {number}") for number in range(PUBLISHERS)]
    session.add_all(publishers)
    session.flush()
    every = (_new(number, chance, chance.choice(publishers)) for number in range(size))
    while batch := list(itertools.islice(every, BATCH)):
        insert_datasets(session, source=source, new=batch, now=NOW)
    recount(session)


def _new(number: int, chance: random.Random, publisher: Publisher) -> NewDataset:
    subject, other = chance.sample(SUBJECTS, 2)
    place, year = chance.choice(PLACES), chance.randint(2005, 2026)
    rare = "rares " if number < EQUAL_HITS else ""
    record = HarvestedDataset(
        identifier=str(number),
        titles={"fr": f"{subject} et {other} à {place} en {year}"},
        descriptions={"fr": f"Les données {rare}sur {subject}, {' '.join(chance.sample(SUBJECTS, 3))}. " * 3},
        publisher=publisher.name,
        licence=chance.choice(["lov2", "odbl", "cc-by-4.0", "unknown"]),
        modified_on=f"{year}-05-06",
        resources=(HarvestedResource(url=f"https://x.example/{number}", format=chance.choice(["csv", "json", "shp"])),),
    )
    return NewDataset(record, details_of(record, seen_in="bench"), publisher, f"d-{number}")


def main() -> None:
    """Measure both sizes on SQLite, and on PostgreSQL where the tests could start one."""
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="hackaviz-bench-") as folder:
            _on("SQLite", f"sqlite:///{Path(folder, 'db.sqlite')}", size)
    try:
        server = start_postgres()["server"]
    except (RuntimeError, OSError, subprocess.SubprocessError) as error:
        print(f"catalogue: no PostgreSQL can be started here ({error})", flush=True)
        return
    for size in SIZES:
        create_database(server, f"catalogue_{size}")
        _on("PostgreSQL", f"{server}/catalogue_{size}".replace("postgresql:", "postgresql+psycopg:", 1), size)


def _on(name: str, url: str, size: int) -> None:
    upgrade(url)
    engine = open_engine(url)
    with session_factory(engine)() as session, session.begin():
        fill(session, size)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # As a server does by itself a minute later.
        connection.exec_driver_sql("ANALYZE" if name == "SQLite" else "VACUUM ANALYZE")
    with session_factory(engine, writes=False)() as session:
        _measure(session, f"catalogue of {size} on {name}")
        if size == max(SIZES):
            _export(session, name)
    engine.dispose()


def _export(session: Session, name: str) -> None:
    """How soon each export begins, how long it takes, and how much more memory the process holds at its peak."""
    for kind in (*SYNTAXES, "csv"):
        before, start = _peak(), time.perf_counter()
        datasets = every_dataset(session)
        nodes = (dataset_node(each, BASE) for each in datasets)
        pieces = table(datasets, BASE) if kind == "csv" else document(kind, catalogue_node(BASE), nodes)
        written, first = 0, 0.0
        for piece in pieces:
            written += len(piece)
            # The names of what is used come at once; some more text tells when the first datasets came.
            first = first or (time.perf_counter() - start if written > FIRST_CHARACTERS else 0.0)
        seconds = time.perf_counter() - start
        size = f"{written >> 20} MiB in {seconds:.0f} s, the first dataset after {first * 1_000:.0f} ms"
        print(f"export as {kind} on {name}: {size}, {_peak() - before} MiB more", flush=True)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def _measure(session: Session, name: str) -> None:
    facets = (*FACETS, fresh_facet(NOW.date()))
    every = [Search(text, {}, facets) for text in ASKED] + [Search(), Search("port", {"licence": ["odbl"]}, facets)]
    pages = _times(every, lambda asked: search(session, asked, page=1, language="fr"))
    counts = _times(every, lambda asked: facet_counts(session, asked))
    equal = _times([Search("rares", {}, facets)] * 10, lambda asked: search(session, asked, page=1, language="fr"))
    print(
        f"{name}: a page of results {_told(pages)}; facets {_told(counts)}; "
        f"{EQUAL_HITS} hits {sorted(equal)[len(equal) // 2]:.1f} ms",
        flush=True,
    )


def _times(every: list[Search], act: Callable[[Search], object]) -> list[float]:
    taken = []
    for asked in every * ROUNDS:
        start = time.perf_counter()
        act(asked)
        taken.append((time.perf_counter() - start) * 1_000)
    return taken


def _told(taken: list[float]) -> str:
    ordered = sorted(taken)
    return f"{ordered[len(ordered) // 2]:.1f} ms in the median, {ordered[int(len(ordered) * 0.95)]:.1f} ms at the 95th"
