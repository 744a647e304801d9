"""Confined processes as production starts them, but born in the nursery, which has imported what they need already.

The limits, the empty environment and the end of the whole group are the same. Tests of confinement itself start Python
anew each time.
"""

import subprocess
from pathlib import Path
from typing import Any, BinaryIO

from tests.support import nursery
from tests.support.nursery import Birth

PIPE, TimeoutExpired = subprocess.PIPE, subprocess.TimeoutExpired


class Popen:
    """Stands for `subprocess.Popen` in `hackaviz.kernel.confined`: `python -P -m MODULE`."""

    def __init__(
        self, command: list[str], *, stdout: BinaryIO, stderr: BinaryIO, cwd: Path, env: dict[str, str], **_others: Any
    ) -> None:
        self._request = cwd.with_name("request")
        files = {"output": str(stdout.name), "errors": str(stderr.name), "input": str(self._request)}
        self._birth = Birth(command[-1], (), env, **files, folder=str(cwd))
        self.returncode: int | None = None

    def communicate(self, request: bytes, timeout: float) -> None:
        """Start it with this request, and return once it has ended. Raises TimeoutExpired."""
        self._request.write_bytes(request)
        self._kept = nursery.start(self._birth)
        self.pid = self._kept.pid
        self.returncode = self._kept.wait(timeout)

    def wait(self) -> None:
        """Return once it has ended: it may have been killed."""
        if self.returncode is None:
            self.returncode = self._kept.wait(10)
