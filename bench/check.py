"""Receiving a website of 50 MB in over 1,000 files: checked whole before any is believed, unpacked, hashed, stored.

Beside it, in turns, the same archive read by Python's own zipfile, hashed and written to plain files. Goal: under 3 s.
"""

import hashlib
import os
import random
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from hackaviz.kernel.storage import open_storage
from submissions.entries.reception import examine
from submissions.intake.check import check_file_confined

ROUNDS = 5
PAGES, SCRIPTS, IMAGES, TABLES = 100, 800, 150, 12
LINE = "const port{0} = {{name: 'Port {0}', at: [{1}, {2}]}}; draw(port{0}); // https://example.org/{0}\n"


def site(path: Path) -> int:
    """Write the archive: pages, scripts, photographs and tables, as a built site has; answer its unpacked bytes."""
    chance, total = random.Random(1), 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _files(chance):
            archive.writestr(name, content)
            total += len(content)
    return total


def _files(chance: random.Random) -> list[tuple[str, bytes]]:
    def lines(count: int) -> bytes:
        return "".join(LINE.format(n, chance.random() * 90, chance.random() * 180) for n in range(count)).encode()

    page = b"<!doctype html><title>Ports</title><h1>Ports of the world</h1>" + b"<p>One port.</p>" * 500
    table = b"".join(b"%d;%.4f;%.4f\n" % (n, chance.random(), chance.random()) for n in range(40_000))
    return [
        ("index.html", page),
        *((f"pages/{n}.html", page) for n in range(PAGES)),
        *((f"js/{n}.js", lines(150)) for n in range(SCRIPTS)),
        *((f"images/{n}.jpg", b"\xff\xd8\xff\xe0" + os.urandom(150_000)) for n in range(IMAGES)),
        *((f"data/{n}.csv", table) for n in range(TABLES)),
    ]


def main() -> None:
    """Measure in turns, so that what else the machine does falls on all."""
    with tempfile.TemporaryDirectory(prefix="hackaviz-bench-") as name:
        folder = Path(name)
        total = site(folder / "site.zip")
        with zipfile.ZipFile(folder / "site.zip") as archive:
            count = len(archive.namelist())
        times: dict[str, list[float]] = {"check": [], "receive": [], "bare": []}
        for number in range(ROUNDS):
            times["check"].append(_timed(lambda: check_file_confined(folder / "site.zip", "site.zip")))
            times["receive"].append(_timed(lambda number=number: _receive(folder, number)))  # type: ignore[misc]
            times["bare"].append(_timed(lambda number=number: _bare(folder, number)))  # type: ignore[misc]
    figures = ", ".join(f"{name} {statistics.median(seconds):.2f} s" for name, seconds in times.items())
    print(f"site of {total / 1e6:.0f} MB in {count} files: {figures}")


def _receive(folder: Path, number: int) -> None:
    storage = open_storage(f"file://{folder}/storage-{number}")
    received = examine(folder / "site.zip", "site.zip", storage=storage)
    if not received.report.accepted:
        raise SystemExit(f"refused: {received.report.reasons}")


def _bare(folder: Path, number: int) -> None:
    with zipfile.ZipFile(folder / "site.zip") as archive:
        for name in archive.namelist():
            content = archive.read(name)
            target = folder / f"bare-{number}" / hashlib.sha256(content).hexdigest()
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(content)


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
