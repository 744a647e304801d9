"""Files of large juries, and how long a `flask judging` command takes on them, with the most memory it held."""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hackaviz.settings import ROOT

ENTRIES, JURORS, PER_ENTRY = 10_000, 500, 5


@dataclass(frozen=True)
class Run:
    """Seconds from start to end, of which on a processor, and the most memory in MiB."""

    seconds: float
    processor: float
    mebibytes: float


def run(*arguments: str, group: str = "judging") -> Run:
    """Run `flask judging …`, or of another group, in a process of its own; its answer is thrown away."""
    command = [sys.executable, "-m", "flask", group, *arguments, "--json"]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def write_marks(path: Path, entries: int, jurors: int, per_entry: int) -> None:
    """Marks of lenient and harsh jurors, by lot."""
    random = np.random.default_rng(1)
    quality, severity = random.normal(size=entries), random.normal(size=jurors)
    lines = ["juror,entry,score"]
    for entry in range(entries):
        for juror in random.choice(jurors, per_entry, replace=False):
            score = 7 + quality[entry] - severity[juror] + 0.8 * random.normal()
            lines.append(f"j{juror:04},e{entry:05},{score:.2f}")
    path.write_text("\n".join(lines))
