"""An application under gunicorn for a bench, and what its one worker weighs."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from hackaviz.kernel.migrate import upgrade
from hackaviz.settings import ROOT

PORT = 8390
START_SECONDS = 20


@dataclass(frozen=True)
class Server:
    """Where it answers, and the process that answers."""

    url: str
    worker: int

    def peak_bytes(self) -> int:
        """The most memory that the worker has held since it started."""
        status = Path(f"/proc/{self.worker}/status").read_text()
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


@contextmanager
def installation() -> Iterator[dict[str, str]]:
    """The settings of an empty installation, whose database and storage are gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="hackaviz-bench-") as folder:
        settings = {
            "HACKAVIZ_DATABASE_URL": f"sqlite:///{folder}/hackaviz.sqlite",
            "HACKAVIZ_STORAGE_URL": f"file://{folder}/storage",
            "HACKAVIZ_SECRET_KEY": "only-for-benches-" * 3,
        }
        upgrade(settings["HACKAVIZ_DATABASE_URL"])
        yield settings


@contextmanager
def serve(application: str, settings: dict[str, str], port: int = PORT, *, workers: int = 1) -> Iterator[Server]:
    """Serve "module:name" until the block ends."""
    names = {
        "PORT": str(port),
        "HACKAVIZ_BASE_URL": f"http://127.0.0.1:{port}",
        "HACKAVIZ_CONTENT_URL": f"http://localhost:{port}",
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "--config=python:hackaviz.web.gunicorn", "--log-level=error"]
    command = [*gunicorn, f"--workers={workers}", application]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings | names)
    try:
        yield _when_it_answers(process, port)
    finally:
        process.terminate()
        process.wait()


def _when_it_answers(process: "subprocess.Popen[bytes]", port: int) -> Server:
    url = f"http://127.0.0.1:{port}"
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            urlopen(f"{url}/healthz").close()
        except OSError:
            time.sleep(0.1)
        else:
            return Server(url, worker=_first_child(process.pid))
    raise SystemExit(f"the server did not start; is port {port} free?")


def _first_child(pid: int) -> int:
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])
