"""Starting real servers once per test run, shared by its parallel workers."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support import keeper
from tests.support.nursery import Kept

START_SECONDS = 60
# seaweedfs answers gRPC at its port + 10000, so a port that others may build on stays well below the end.
HIGHEST_PORT = 55_000

# Servers outlive the test that started them; Python must not warn that nobody waits for them.
_kept: list["subprocess.Popen[bytes]"] = []


def run_owner() -> int:
    """The process whose end is the end of the test run: the one that started the parallel workers, or this one."""
    return os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()


def free_port() -> int:
    """A port of the loopback interface that nobody uses now, nor its gRPC companion 10,000 above."""
    while True:
        with socket.socket() as low, socket.socket() as high:
            low.bind(("127.0.0.1", 0))
            port = low.getsockname()[1]
            if port > HIGHEST_PORT:
                continue
            try:
                high.bind(("127.0.0.1", port + 10_000))
            except OSError:
                continue
            return int(port)


def free_ports(count: int) -> list[int]:
    """Different free ports."""
    ports: set[int] = set()
    while len(ports) < count:
        ports.add(free_port())
    return sorted(ports)


def start_kept(
    command: Sequence[str],
    *,
    owner: int,
    folder: Path,
    log: Path,
    stop_with: signal.Signals = signal.SIGTERM,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
) -> "subprocess.Popen[bytes]":
    """Start a server under its keeper; SIGTERM to what this returns ends it and removes `folder`."""
    keeping = [sys.executable, keeper.__file__, str(owner), str(folder), str(int(stop_with)), *command]
    with log.open("ab") as output:
        process = subprocess.Popen(
            keeping, stdout=output, stderr=output, stdin=subprocess.DEVNULL, start_new_session=True, env=env, cwd=cwd
        )
    _kept.append(process)
    return process


def wait_until(ready: Callable[[], bool], *, process: "subprocess.Popen[bytes] | Kept", log: Path) -> None:
    """Return once `ready()`; otherwise say what the server wrote."""
    end = time.monotonic() + START_SECONDS
    while not ready():
        if process.poll() is not None or time.monotonic() > end:
            process.terminate()
            tail = log.read_text(errors="replace")[-3000:] if log.exists() else ""
            raise RuntimeError(f"the server of {log} did not start:\n{tail}")
        time.sleep(0.05)


def answers(port: int) -> bool:
    """Whether something accepts connections there."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """One process at a time; the lock goes with the process that holds it."""
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def once_per_run(folder: Path, name: str, make: Callable[[], dict[str, str]]) -> dict[str, str]:
    """What `make()` returned in whichever worker came first; `folder` is shared by the workers of this run."""
    answer = folder / f"{name}.json"
    with locked(folder / f"{name}.lock"):
        if not answer.exists():
            answer.write_text(json.dumps(make()))
    known: dict[str, str] = json.loads(answer.read_text())
    return known
