"""Assignment of 10,000 entries to 500 jurors, 5 reviews each, loads exactly even, 2 % of conflicts.

Goal: under 10 s without expertise, under 60 s with (20 jurors preferred for each entry, on a scale of 5).
"""

import json
import tempfile
from pathlib import Path

import numpy as np

from bench.jury import ENTRIES, JURORS, PER_ENTRY, run


def main() -> None:
    """One run of each."""
    with tempfile.TemporaryDirectory(prefix="hackaviz-bench-") as folder:
        plain, expert = Path(folder) / "plain.json", Path(folder) / "expert.json"
        write_instance(plain, preferred=0)
        write_instance(expert, preferred=20)
        for name, path in (("without expertise", plain), ("with expertise", expert)):
            used = run("assign", str(path))
            print(
                f"assignment of {ENTRIES} x {JURORS} x {PER_ENTRY} {name}: {used.seconds:.1f} s"
                f" ({used.processor:.1f} s of processor), {used.mebibytes:.0f} MiB"
            )


def write_instance(path: Path, *, preferred: int) -> None:
    """Names, conflicts by lot, and preferences from 1 to 5."""
    random = np.random.default_rng(3)
    entries, jurors = [f"e{number}" for number in range(ENTRIES)], [f"j{number}" for number in range(JURORS)]
    conflicts = np.argwhere(random.random((ENTRIES, JURORS)) < 0.02)
    preferences = [
        [jurors[juror], entry, int(random.integers(1, 6))]
        for entry in entries
        for juror in random.choice(JURORS, preferred, replace=False)
    ]
    document = {
        "entries": entries,
        "jurors": [{"id": juror, "max": ENTRIES * PER_ENTRY // JURORS} for juror in jurors],
        "per_entry": PER_ENTRY,
        "conflicts": [[jurors[juror], entries[entry]] for entry, juror in conflicts],
        "preferences": preferences,
    }
    path.write_text(json.dumps(document))
