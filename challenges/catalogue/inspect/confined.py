"""Inspecting a file in a confined process, so that what it holds can neither crash nor exhaust the program."""

from pathlib import Path
from typing import Any

from challenges.catalogue.inspect.formats import format_of
from challenges.catalogue.inspect.report import Finding, Inspection
from hackaviz.kernel.confined import Caps, ConfinedError, run_confined

INSPECT_PATH = "challenges.catalogue.inspect.read:inspect_path"
# Whoever waits at a command may wait for half a gigabyte.
PATH_CAPS = Caps(seconds=3_600, memory_bytes=2 << 30)


def examine_path(path: Path) -> dict[str, Any]:
    """Find out what a file on this machine holds, in a confined process. Raises OSError where it cannot be opened."""
    with path.open("rb"):
        pass
    try:
        answer: dict[str, Any] = run_confined(INSPECT_PATH, str(path.resolve()), path.name, caps=PATH_CAPS)
    except ConfinedError as error:
        beyond = Finding("too-much", f"Reading it asks for too much: {error}.")
        return Inspection(format=format_of(path, path.name), findings=(beyond,)).as_dict()
    return answer
