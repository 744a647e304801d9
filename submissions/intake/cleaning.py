"""Copies of files without what they tell of people. Pure: paths in, a file and a list of words out; runs confined."""

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from submissions.intake.metadata import PATCHERS, plain_type, scrub
from submissions.intake.traces.patches import apply
from submissions.intake.traces.trace import Trace


def clean_file(source: str, target: str, media_type: str) -> dict[str, Any]:
    """Write to `target` a copy of `source` without its traces: {"changed": bool, "removed": [labels]}.

    Pixels, profiles of colours and the turn of images stay. `removed` holds labels whose words are in
    `traces.trace.WORDS`. A file with nothing to remove, or of another type, is copied as it is.
    """
    if plain_type(media_type) in PATCHERS:
        return _patched(Path(source), Path(target), media_type)
    content = Path(source).read_bytes()
    clean = scrub(content, media_type)
    Path(target).write_bytes(clean.content)
    return _answer(clean.traces)


def _patched(source: Path, target: Path, media_type: str) -> dict[str, Any]:
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        patches = PATCHERS[plain_type(media_type)](file)
        apply(file, patches)
    return _answer(patch.trace for patch in patches)


def _answer(traces: Iterable[Trace]) -> dict[str, Any]:
    labels = list(dict.fromkeys(str(each.label) for each in traces))
    return {"changed": bool(labels), "removed": labels}
