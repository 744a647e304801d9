"""Records a second of an import from a file, reading and writing together, and the memory it takes.

Each format is imported twice: new, then unchanged. The memory is the most that the whole import held, its confined
reader included; "flat" means that ten times as many records take hardly more.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from challenges.catalogue.harvest.gathering import gather
from challenges.catalogue.harvest.importing import write
from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.kernel.jobs import transactions
from hackaviz.kernel.migrate import upgrade
from hackaviz.settings import ROOT

SMALL, LARGE, GRAPH = 1_000, 10_000, 2_000
WORDS = "Les données du port et de ses quais : trafic, escales, marchandises. " * 6


def _records(count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        files = [
            {"title": f"table {kind}", "format": kind, "downloadURL": f"https://port.example/{number}.{kind.lower()}"}
            for kind in ("CSV", "JSON")
        ]
        yield {
            "identifier": f"jeu-{number}",
            "title": f"Trafic du quai numéro {number}",
            "description": f"<p>{WORDS}</p>",
            "license": "Licence Ouverte 2.0",
            "publisher": {"name": f"Producteur {number % 50}"},
            "keyword": ["port", "quai", "trafic"],
            "issued": "2024-01-02",
            "distribution": files,
        }


def write_json(path: Path, count: int) -> None:
    """A data.json."""
    path.write_text(json.dumps({"dataset": list(_records(count))}))


def write_csv(path: Path, count: int) -> None:
    """A plain table."""
    rows = (f"jeu-{n};Quai {n};{WORDS};Producteur {n % 50};ODbL;https://port.example/{n}.csv" for n in range(count))
    path.write_text("\n".join(["identifiant;titre;description;producteur;licence;url", *rows]))


def write_turtle(path: Path, count: int) -> None:
    """DCAT in Turtle."""
    prefixes = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> .\n"
    body = (
        f'<https://port.example/{n}> a dcat:Dataset ; dct:title "Quai {n}"@fr ; dct:description "{WORDS}"@fr ; '
        f'dct:publisher "Producteur {n % 50}" ; dcat:keyword "port", "quai" ; dct:license "ODbL" ; '
        f'dcat:distribution [ dcat:downloadURL <https://port.example/{n}.csv> ; dct:format "CSV" ] .\n'
        for n in range(count)
    )
    path.write_text(prefixes + "".join(body))


MAKERS: dict[str, Callable[[Path, int], None]] = {"json": write_json, "csv": write_csv, "turtle": write_turtle}


def import_twice(kind: str, count: int) -> None:
    """Print the speeds and the memory of one format; runs in a process of its own, so that the memory is its own."""
    with tempfile.TemporaryDirectory(prefix="hackaviz-bench-") as folder:
        path, url = Path(folder, "catalogue"), f"sqlite:///{folder}/db.sqlite"
        MAKERS[kind](path, count)
        upgrade(url)
        transaction = transactions(session_factory(open_engine(url)))
        speeds = []
        for _run in range(2):
            start = time.perf_counter()
            gathered = gather(str(path), wanted="auto", folder=Path(folder), clock=time.monotonic)
            write(transaction, gathered, actor=None, now=datetime.now(UTC))
            speeds.append(count / (time.perf_counter() - start))
    ours, readers = (
        resource.getrusage(who).ru_maxrss >> 10 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    print(
        f"harvest {kind}, {count} records: {speeds[0]:.0f} records/s new, {speeds[1]:.0f} unchanged; "
        f"{ours} MiB to write, {readers} MiB to read",
        flush=True,
    )


def main() -> None:
    """Measure each format, JSON and CSV at two sizes."""
    for kind, count in (("json", SMALL), ("json", LARGE), ("csv", SMALL), ("csv", LARGE), ("turtle", GRAPH)):
        code = f"from bench.harvest import import_twice; import_twice({kind!r}, {count})"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=dict(os.environ))
