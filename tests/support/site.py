"""The whole platform as separate processes: a web server and a job process on a database of their own."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from hackaviz.settings import ROOT
from tests.support.line import Line
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
    port: int

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
    jobs = start_jobs(site)
    web = start_web(site)
    try:
        yield site
    finally:
        for process in (web, jobs):
            process.terminate()
        for process in (web, jobs):
            process.wait(timeout=30)


def start_jobs(site: LiveSite) -> "subprocess.Popen[bytes]":
    """Start the job process, also again after it was killed."""
    return _start(site, ["-m", "flask", "jobs", "run"], "jobs")


def start_web(site: LiveSite) -> "subprocess.Popen[bytes]":
    """Start the web server, also again after it was killed."""
    web = _start(site, ["-m", "gunicorn", *_gunicorn(site.port), "wsgi:app"], "web")
    wait_until(lambda: _is_ready(site), process=web, log=site.folder / "web.log")
    return web


def kill(site: LiveSite, words: bytes) -> None:
    """SIGKILL to the processes of this site whose command line has these words, and not to their keepers."""
    database = f"HACKAVIZ_DATABASE_URL={site.database_url}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ")
            is_ours = database in (process / "environ").read_bytes().split(b"\0")
            if is_ours and words in command and b"keeper" not in command:
                os.kill(int(process.name), signal.SIGKILL)


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
