"""What an operator types: `flask …` in a process and an environment of its own, begun without importing all anew."""

from pathlib import Path
from subprocess import CompletedProcess

from tests.support import nursery
from tests.support.nursery import Birth


def type_flask(folder: Path, *words: str, **environment: str) -> "CompletedProcess[str]":
    """How `flask` with these words ends, and what it has written; `folder` keeps that."""
    output, errors = folder / "typed.txt", folder / "typed.log"
    output.unlink(missing_ok=True)
    errors.unlink(missing_ok=True)
    code = nursery.run(Birth("flask", words, environment, str(output), str(errors)))
    return CompletedProcess(words, code, output.read_text(), errors.read_text())
