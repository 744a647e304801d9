"""The whole platform as separate processes: a web server and a job process on a database of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from hackaviz.settings import ROOT
from tests.support.servers import free_port, start_kept, wait_until


@dataclass(frozen=True)
class LiveSite:
    """Where it answers, and where its rows and blobs are."""

    url: str
    content_url: str
    database_url: str
    storage_url: str
    folder: Path
    demo: bool

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
        command = [sys.executable, "-m", "flask", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment(), capture_output=True, text=True, check=True)
        return done.stdout.strip()


@contextmanager
def serve(database_url: str, folder: Path, *, demo: bool = False) -> Iterator[LiveSite]:
    """Serve a migrated database until the block ends. `demo` shows the demo's outbox and accounts."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    site = LiveSite(
        url=f"http://127.0.0.1:{port}",
        content_url=f"http://localhost:{port}",
        database_url=database_url,
        storage_url=f"file://{folder / 'storage'}",
        folder=folder,
        demo=demo,
    )
    jobs = _start(site, ["-m", "flask", "jobs", "run"], "jobs")
    web = _start(site, ["-m", "gunicorn", *_gunicorn(port), "wsgi:app"], "web")
    try:
        wait_until(lambda: _is_ready(site), process=web, log=folder / "web.log")
        yield site
    finally:
        for process in (web, jobs):
            process.terminate()
        for process in (web, jobs):
            process.wait(timeout=30)


def _gunicorn(port: int) -> list[str]:
    return [f"--bind=127.0.0.1:{port}", "--worker-class=gthread", "--workers=1", "--threads=8", "--graceful-timeout=3"]


def _start(site: LiveSite, arguments: list[str], name: str) -> "subprocess.Popen[bytes]":
    return start_kept(
        [sys.executable, *arguments],
        owner=os.getpid(),
        folder=site.folder / f"{name}-scratch",
        log=site.folder / f"{name}.log",
        env=site.environment(),
        cwd=ROOT,
    )


def _is_ready(site: LiveSite) -> bool:
    try:
        with urlopen(f"{site.url}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except HTTPError:
        return False
    except (URLError, OSError):
        return False
