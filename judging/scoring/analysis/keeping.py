"""Figures computed once, and read by every process until something that they follow from changes.

They are found by a digest of that: marks, jurors, entries, weights, terms and the version of the computation. A
conflict, a mark, another rubric or method makes another digest, so that nobody has to remember to forget anything.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from judging.ranking.analysis import Analysis, EntryFigures, JurorFigures
from judging.ranking.kendall import Concordance
from judging.ranking.reliability import Reliability
from judging.ranking.what_if import Change
from judging.scoring.analysis.models import KeptFigures
from judging.scoring.analysis.reading import Reading

# Grows when the same marks would get other figures, or are kept in another form.
VERSION = 1
CHANGES = ("without_jurors", "other_methods", "other_weights")


def digest_of(reading: Reading) -> str:
    """The SHA-256 of all that the figures of a reading follow from."""
    marks = reading.marks
    facts = {
        "versions": [VERSION, np.__version__],
        "names": [marks.jurors, marks.entries, marks.criteria],
        "weights": sorted(reading.weights.items()),
        "asked": [reading.terms.method, reading.prizes, sorted(reading.finalists)],
        "marks": [len(marks.score), *(column.dtype.str for column in (marks.juror, marks.score))],
    }
    digest = sha256(json.dumps(facts).encode())
    for column in (marks.juror, marks.entry, marks.criterion, marks.score):
        digest.update(np.ascontiguousarray(column).tobytes())
    return digest.hexdigest()


def with_kept(session: Session, reading: Reading, *, subject: str) -> Reading:
    """The reading with the figures that were kept of the very same; as it was where there are none."""
    row = session.get(KeptFigures, subject)
    is_the_same = row is not None and row.digest == digest_of(reading)
    return replace(reading, kept=_restored(row.content)) if row is not None and is_the_same else reading


def keep(session: Session, reading: Reading, *, subject: str, now: datetime) -> None:
    """Keep the figures of a reading in place of those that the subject had before."""
    assert reading.analysis is not None
    found = {"digest": digest_of(reading), "content": asdict(reading.analysis), "computed_at": now}
    session.merge(KeptFigures(subject=subject, **found))


def _restored(content: Mapping[str, Any]) -> Analysis:
    known = dict(content)
    known["entries"] = tuple(EntryFigures(**each) for each in content["entries"])
    known["jurors"] = tuple(_juror(each) for each in content["jurors"])
    known["reliability"] = _reliability(content["reliability"])
    known |= {name: tuple(_change(each) for each in content[name]) for name in CHANGES}
    return Analysis(**known | {"warnings": tuple(content["warnings"])})


def _juror(row: Mapping[str, Any]) -> JurorFigures:
    return JurorFigures(**{**row, "quartiles": tuple(row["quartiles"])})


def _reliability(row: Mapping[str, Any]) -> Reliability:
    w = None if row["w"] is None else Concordance(**row["w"])
    return Reliability(**{**row, "w": w, "notes": tuple(row["notes"])})


def _change(row: Mapping[str, Any]) -> Change:
    return Change(**{**row, "enters": tuple(row["enters"]), "leaves": tuple(row["leaves"])})
