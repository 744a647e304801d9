"""The whole platform as separate processes: a web server and a job process on a database of their own."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.support import nursery
from tests.support.line import Line
from tests.support.nursery import Birth, Kept
from tests.support.servers import free_port, wait_until
from tests.support.typed import type_flask


@dataclass
class LiveSite:
    """Where it answers, where its rows and blobs are, and what runs of it now."""

    url: str
    content_url: str
    database_url: str
    storage_url: str
    folder: Path
    demo: bool
    port: int
    running: dict[str, Kept] = field(default_factory=dict)

    def log(self) -> str:
        """What its processes have written so far."""
        return "".join(file.read_text(errors="replace") for file in sorted(self.folder.glob("*.log")))

    def environment(self) -> dict[str, str]:
        """What its processes are started with."""
        others = {name: value for name, value in os.environ.items() if not name.startswith("HACKAVIZ_")}
        return others | {
            "HACKAVIZ_DATABASE_URL": self.database_url,
            "HACKAVIZ_STORAGE_URL": self.storage_url,
            "HACKAVIZ_BASE_URL": self.url,
            "HACKAVIZ_CONTENT_URL": self.content_url,
            "HACKAVIZ_SECRET_KEY": "only-for-tests-" * 4,
            "HACKAVIZ_DEMO": "1" if self.demo else "0",
        }

    def flask(self, *words: str) -> str:
        """What `flask …` prints, typed by the operator of this installation."""
        done = type_flask(self.folder, *words, **self.environment())
        assert done.returncode == 0, f"flask {' '.join(words)} ended with {done.returncode}:\n{done.stderr}"
        return done.stdout.strip()

    def start_jobs(self) -> None:
        """Start the job process, also again after it was killed."""
        self.running["jobs"] = nursery.start(self._server("jobs", "flask", "jobs", "run"))

    def start_web(self) -> None:
        """Start the web server, also again after it was killed."""
        options = ("--worker-class=gthread", "--workers=1", "--threads=8", "--graceful-timeout=3")
        web = nursery.start(self._server("web", "gunicorn", f"--bind=127.0.0.1:{self.port}", *options, "wsgi:app"))
        self.running["web"] = web
        wait_until(self._is_ready, process=web, log=self.folder / "web.log")

    def kill_jobs(self) -> None:
        """SIGKILL to the job process; what it started goes on, as it would."""
        self.running.pop("jobs").kill()

    def kill_web(self) -> None:
        """SIGKILL to the web server and its worker."""
        self.running.pop("web").kill()

    def stop(self) -> None:
        """End what runs, in order."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(timeout=90)

    def _server(self, name: str, module: str, *arguments: str) -> Birth:
        log = str(self.folder / f"{name}.log")
        return Birth(module, arguments, self.environment(), output=log, errors=log)

    def _is_ready(self) -> bool:
        try:
            with urlopen(f"{self.url}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except HTTPError:
            return False
        except (URLError, OSError):
            return False


@contextmanager
def serve(
    database_url: str,
    folder: Path,
    *,
    demo: bool = False,
    storage_url: str | None = None,
    line: Line | None = None,
) -> Iterator[LiveSite]:
    """Serve a migrated database until the block ends. `demo` shows the demo's outbox and accounts.

    `line` stands between the browser and the server, which then is reached by it alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    public_port = port
    if line is not None:
        line.target, public_port = port, line.port
    site = LiveSite(
        url=f"http://127.0.0.1:{public_port}",
        content_url=f"http://localhost:{public_port}",
        database_url=database_url,
        storage_url=storage_url or f"file://{folder / 'storage'}",
        port=port,
        folder=folder,
        demo=demo,
    )
    site.start_jobs()
    site.start_web()
    try:
        yield site
    finally:
        site.stop()
