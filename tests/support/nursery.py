"""Start processes of the platform from one that has imported it already: a run needs a hundred of them.

`python -m tests.support.nursery` reads one request a line and answers with one line: for a `Birth` as JSON it forks and
says the number of the new process, which leads a group of its own; for such a number it says its exit code once it has
ended.
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
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

from flask import Flask

from hackaviz.settings import Settings
from tests.support.compiled import Templates, known_addresses

# The variable that names the folder of templates which are compiled once for all processes of a run.
COMPILED = "HACKAVIZ_TESTS_COMPILED"
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Birth:
    """What `python -m MODULE ARGUMENTS…` would be given, the files for what it writes and reads, and where it runs."""

    module: str
    arguments: tuple[str, ...]
    environment: dict[str, str]
    output: str
    errors: str
    input: str = os.devnull
    folder: str = "."


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

    def wait(self, timeout: float) -> int:
        """Its exit code, once it has ended: to be asked once. Raises TimeoutExpired."""
        if not select.select([self.ended], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(str(self.pid), timeout)
        os.close(self.ended)
        return _ask(self.pid)


def start(birth: Birth) -> Kept:
    """Start a process and let it run."""
    pid = _ask(asdict(birth))
    return Kept(pid, os.pidfd_open(pid))


def run(birth: Birth) -> int:
    """Start a process, wait for its end and return its exit code."""
    return _ask(_ask(asdict(birth)))


def _ask(request: dict[str, Any] | int) -> int:
    with _one_at_a_time:
        nursery = _nursery()
        assert nursery.stdin is not None and nursery.stdout is not None
        nursery.stdin.write(json.dumps(request) + "\n")
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
    factory = importlib.import_module("hackaviz.factory")
    for module in ("flask.cli", "gunicorn.app.wsgiapp", "gunicorn.workers.gthread"):
        importlib.import_module(module)
    # Applications of births find addresses and templates compiled, as those of tests do.
    Flask.url_map_class = known_addresses  # type: ignore[assignment]
    Flask.jinja_options = {"bytecode_cache": Templates(os.environ[COMPILED])}
    with TemporaryDirectory() as folder:
        factory.create_app(_settings(folder))
    gc.collect()
    gc.freeze()


def _settings(folder: str) -> Settings:
    origins = {"base_url": "http://127.0.0.1:8000", "content_url": "http://localhost:8000"}
    places = {"database_url": f"sqlite:///{folder}/database", "storage_url": f"file://{folder}/files"}
    return Settings(**places, **origins, redis_url=None, secret_key="of nobody", mail_url="outbox:", demo=False)


def _serve() -> Birth | None:
    """None at the end of the requests; a birth in the process that is born."""
    children: set[int] = set()
    for line in sys.stdin:
        request = json.loads(line)
        if isinstance(request, int):
            children.discard(request)
            print(os.waitstatus_to_exitcode(os.waitpid(request, 0)[1]), flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            return Birth(**request)
        children.add(pid)
        print(pid, flush=True)
    for child in children:
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
    return None


def _become(birth: Birth) -> None:
    os.setsid()
    os.environ.clear()
    os.environ.update(birth.environment)
    for path, mode, target in ((birth.input, "rb", 0), (birth.output, "ab", 1), (birth.errors, "ab", 2)):
        with Path(path).open(mode) as file:
            os.dup2(file.fileno(), target)
    os.chdir(birth.folder)
    sys.argv = [birth.module, *birth.arguments]
    code: Any = None
    try:
        runpy.run_module(birth.module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code
    _end(code)


def _end(code: Any) -> NoReturn:
    """End as Python would, but leave the platform's objects to the system: to free each takes a sixth of a second."""
    if code is not None and not isinstance(code, int):
        print(code, file=sys.stderr)
        code = 1
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


if __name__ == "__main__":
    main()
