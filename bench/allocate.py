"""300 prizes paid exactly from 300 pools by `flask prizes allocate`: goal, under 2 s beyond the start.

The start is what the same command takes for one of each. A third of the pools may pay anything, a third four of thirty
challenges, a third twelve single prizes; together they have a tenth more than the prizes need.
"""

import json
import random
import tempfile
from pathlib import Path
from typing import Any

from bench.jury import run

POOLS = PRIZES = 300
CHALLENGES, SEED = 30, 5


def main() -> None:
    """One run of each."""
    with tempfile.TemporaryDirectory(prefix="hackaviz-bench-") as folder:
        large, small = Path(folder) / "large.json", Path(folder) / "small.json"
        write_instance(large, PRIZES)
        write_instance(small, 1)
        start, whole = (run("allocate", str(path), group="prizes") for path in (small, large))
    print(
        f"allocation of {PRIZES} prizes from {POOLS} pools: {whole.seconds - start.seconds:.2f} s beyond the start"
        f" ({whole.processor - start.processor:.2f} s of processor), {whole.mebibytes:.0f} MiB"
    )


def write_instance(path: Path, size: int) -> None:
    """As many pools as prizes, of odd cents. Pool n may pay prize n, so that there is a funding."""
    lot = random.Random(SEED)
    cents = [lot.randrange(10_000, 500_000) for _prize in range(size)]
    prizes = [
        {"id": f"p{number}", "challenge": f"c{number % CHALLENGES}", "amount": _decimal(each)}
        for number, each in enumerate(cents)
    ]
    pools = [_pool(number, each, lot, size) for number, each in enumerate(cents)]
    path.write_text(json.dumps({"pools": pools, "prizes": prizes, "policy": "earmarked-first"}))


def _pool(number: int, cents: int, lot: random.Random, size: int) -> dict[str, Any]:
    challenges = sorted({f"c{each}" for each in (number % CHALLENGES, *lot.sample(range(CHALLENGES), 3))})
    single = sorted({f"p{each}" for each in (number, *lot.choices(range(size), k=11))})
    purposes: tuple[dict[str, Any], ...] = ({}, {"challenges": challenges}, {"prizes": single})
    nothing_else = {"challenges": None, "prizes": None}
    return {"sponsor": f"s{number}", "amount": _decimal(cents + cents // 10), **nothing_else, **purposes[number % 3]}


def _decimal(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
