"""Start processes of the platform from one that has imported it already: a run needs a hundred of them.

`python -m tests.support.nursery` reads one request a line, whether to wait and a `Birth` as JSON, forks, and answers
with one line: the number of the new process, or its exit code once it has ended. Each leads a group of its own.
When standard input ends, as it does however the test run ends, everything that still runs is killed.
"""

import atexit
import gc
import importlib
import json
import os
import runpy
import select
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Birth:
    """What `python -m MODULE ARGUMENTS…` would be given, and the files that get its output and its errors."""

    module: str
    arguments: tuple[str, ...]
    environment: dict[str, str]
    output: str
    errors: str


@dataclass(frozen=True)
class Kept:
    """A process that the nursery started."""

    pid: int
    ended: int

    def poll(self) -> bool | None:
        """True once it has ended, None before, as `Popen.poll` has it."""
        return True if select.select([self.ended], [], [], 0)[0] else None

    def terminate(self) -> None:
        """Ask it to end."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL to it and to its own workers, at once; what runs in other groups goes on."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)

    def wait(self, timeout: float) -> None:
        """Return once it has ended. Raises TimeoutExpired."""
        if not select.select([self.ended], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(str(self.pid), timeout)


def start(birth: Birth) -> Kept:
    """Start a process and let it run."""
    pid = _ask(birth, waits=False)
    return Kept(pid, os.pidfd_open(pid))


def run(birth: Birth) -> int:
    """Start a process, wait for its end and return its exit code."""
    return _ask(birth, waits=True)


def _ask(birth: Birth, *, waits: bool) -> int:
    nursery = _nursery()
    assert nursery.stdin is not None and nursery.stdout is not None
    nursery.stdin.write(json.dumps([waits, asdict(birth)]) + "\n")
    nursery.stdin.flush()
    return int(nursery.stdout.readline())


@cache
def _nursery() -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.support.nursery"]
    nursery = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    atexit.register(nursery.communicate)
    return nursery


def main() -> None:
    """Serve requests until standard input ends; in each new process, become what was asked for."""
    _import_the_platform()
    birth = _serve()
    if birth is not None:
        _become(birth)


def _import_the_platform() -> None:
    for module in ("hackaviz.factory", "flask.cli", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread"):
        importlib.import_module(module)
    gc.freeze()


def _serve() -> Birth | None:
    """None at the end of the requests; a birth in the process that is born."""
    children: list[int] = []
    for line in sys.stdin:
        waits, birth = json.loads(line)
        pid = os.fork()
        if pid == 0:
            return Birth(**birth)
        children = [child for child in children if os.waitpid(child, os.WNOHANG) == (0, 0)]
        if not waits:
            children.append(pid)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) if waits else pid, flush=True)
    for child in children:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    return None


def _become(birth: Birth) -> None:
    os.setsid()
    os.environ.clear()
    os.environ.update(birth.environment)
    for path, mode, target in ((os.devnull, "rb", 0), (birth.output, "ab", 1), (birth.errors, "ab", 2)):
        with Path(path).open(mode) as file:
            os.dup2(file.fileno(), target)
    sys.argv = [birth.module, *birth.arguments]
    runpy.run_module(birth.module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
