"""Mixed model with ranges for 10,000 entries, 500 jurors and 5 reviews each: goal, under 2 s beyond the start, 500 MB.

The start is what the same command takes for 60 entries. Then what an organiser's page needs for 60 entries and 15
jurors, each juror left out included: goal, under 1 s.
"""

import tempfile
import time
from pathlib import Path

from bench.jury import ENTRIES, JURORS, PER_ENTRY, run, write_marks
from judging.ranking.marks import read_marks
from judging.ranking.methods import rank
from judging.ranking.reliability import reliability_of
from judging.ranking.reviews import reviews_of
from judging.ranking.what_if import agreement_with_others, with_other_methods, without_each_juror

SMALL = (60, 15, 4)


def main() -> None:
    """One run of each."""
    with tempfile.TemporaryDirectory(prefix="hackaviz-bench-") as folder:
        large, small = Path(folder) / "large.csv", Path(folder) / "small.csv"
        write_marks(large, ENTRIES, JURORS, PER_ENTRY)
        write_marks(small, *SMALL)
        start, whole = run("rank", str(small)), run("rank", str(large))
        page = organisers_page(small)
    print(
        f"ranking of {ENTRIES} x {JURORS} x {PER_ENTRY}: {whole.seconds - start.seconds:.1f} s beyond the start"
        f" ({whole.processor - start.processor:.1f} s of processor), {whole.mebibytes:.0f} MiB;"
        f" organiser's page of {SMALL[0]} x {SMALL[1]}: {page:.2f} s"
    )


def organisers_page(path: Path) -> float:
    """Seconds for the ranking, agreement, and what changes with other methods and without each juror."""
    reviews = reviews_of(read_marks(path))
    rank(reviews)
    start = time.perf_counter()
    rank(reviews)
    reliability_of(reviews)
    agreement_with_others(reviews)
    with_other_methods(reviews, top=3)
    without_each_juror(reviews, top=3)
    return time.perf_counter() - start
