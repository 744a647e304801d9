"""What `flask catalogue inspect` takes for a CSV of 500 MB: until its first answer, for all of it, and in memory."""

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from hackaviz.settings import ROOT

SIZE = 500_000_000
TOWNS = "Marseille Fos-sur-Mer Arles Martigues Aix-en-Provence Istres".split()
AT_ONCE = 20_000


def write_csv(path: Path, size: int) -> int:
    """Measurements with a number, a day, decimal commas, text and codes with leading zeros; answers how many."""
    chance, count = random.Random(1), 0
    labels = [f"Mesure {chance.randrange(10**6)} à {town}" for town in TOWNS * 3_000]
    with path.open("w") as stream:
        stream.write("id;date;commune;valeur;longitude;latitude;libellé;code\n")
        while stream.tell() < size:
            stream.writelines(_line(chance, labels, number) for number in range(count, count + AT_ONCE))
            count += AT_ONCE
    return count


def _line(chance: random.Random, labels: list[str], number: int) -> str:
    value, east, north = (f"{chance.random() * most:.4f}".replace(".", ",") for most in (1_000, 5, 43))
    day, town, label = (
        f"2024-{1 + number % 12:02}-{1 + number % 28:02}",
        TOWNS[number % 6],
        labels[number % len(labels)],
    )
    return f"{number};{day};{town};{value};{east};{north};{label};{number % 99_999:05}\n"


def main() -> None:
    """Measure the first answer by itself, then the whole, each with the start of the command."""
    with tempfile.TemporaryDirectory(prefix="hackaviz-bench-") as folder:
        path = Path(folder, "large.csv")
        rows = write_csv(path, SIZE)
        first = _seconds(path, "--sample")
        whole = _seconds(path)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10
    print(
        f"inspect {SIZE // 10**6} MB, {rows} rows: first answer in {first:.1f} s, all of it in {whole:.0f} s; "
        f"no process of it held more than {peak} MiB",
        flush=True,
    )


def _seconds(path: Path, *options: str) -> float:
    command = [sys.executable, "-m", "flask", "catalogue", "inspect", str(path), "--json", *options]
    start = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, env=dict(os.environ), capture_output=True)
    return time.perf_counter() - start
