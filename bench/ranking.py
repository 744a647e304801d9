"""Mixed model with ranges for 10,000 entries, 500 jurors and 5 reviews each: goal, under 2 s beyond the start, 500 MB.

The start is what the same command takes for 60 entries. Then what an organiser's page needs for 60 entries and 15
jurors, each juror left out included, with four criteria: goal, under 1 s.
"""

import tempfile
import time
from pathlib import Path

from bench.jury import ENTRIES, JURORS, PER_ENTRY, run, write_marks
from judging.ranking.analysis import agreement_between, analyse
from judging.ranking.marks import Mark, Marks, marks_of, read_marks
from judging.ranking.methods import DEFAULT
from judging.ranking.reviews import reviews_of

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
    """Seconds for every figure of the page: ranking, jurors, agreement, reliability, and each change that is tried."""
    marks = on_four_criteria(read_marks(path))
    weights = dict.fromkeys(marks.criteria, 1.0)
    analyse(marks, weights, method=DEFAULT, prizes=3)
    start = time.perf_counter()
    analyse(marks, weights, method=DEFAULT, prizes=3)
    agreement_between(reviews_of(marks, weights))
    return time.perf_counter() - start


def on_four_criteria(marks: Marks) -> Marks:
    """The same reviews with four marks each, as a rubric gives them."""
    return marks_of(
        Mark(marks.jurors[juror], marks.entries[entry], float(score) + shift, f"criterion {shift}")
        for juror, entry, score in zip(marks.juror, marks.entry, marks.score, strict=True)
        for shift in range(4)
    )
