"""A picture of a live work, taken by a Chromium that can hurt nobody.

It runs as an unprivileged user, in its own sandbox, in a folder that is gone afterwards, for a limited time. It reaches
nothing but the one port of this machine that serves the work.
"""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 30
NOBODY = 65534
# A name that exists nowhere: Chromium is told that it is our port, and that no other name or number leads anywhere.
HOST = "works.localhost"
WIDTH, HEIGHT = 1280, 960
FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-extensions",
    "--disable-sync",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--hide-scrollbars",
    "--mute-audio",
    "--run-all-compositor-stages-before-draw",
    # Five seconds of the page's own time, however long its scripts take for them.
    "--virtual-time-budget=5000",
    f"--window-size={WIDTH},{HEIGHT}",
)


class NoBrowser(Exception):
    """This machine has no Chromium."""


class NoPicture(Exception):
    """Chromium made none; the message says why."""


def chromium_path() -> str | None:
    """Where Chromium is."""
    return next((path for path in map(shutil.which, PROGRAMS) if path), None)


def photograph(url: str, *, port: int, folder: Path, seconds: float = SECONDS) -> Path:
    """A PNG of a page of `http://works.localhost`, served on `port`. Raises NoBrowser or NoPicture."""
    program = chromium_path()
    if program is None:
        raise NoBrowser("no Chromium is installed")
    _hand_over(folder)
    picture = folder / "screenshot.png"
    rules = f"MAP {HOST}:80 127.0.0.1:{port}, MAP * ~NOTFOUND"
    command = [program, *FLAGS, f"--host-resolver-rules={rules}", f"--screenshot={picture}", url]
    complaint = _run(command, folder, seconds)
    if not picture.is_file() or not picture.stat().st_size:
        raise NoPicture(complaint or "Chromium wrote no picture")
    return picture


def _hand_over(folder: Path) -> None:
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)


def _run(command: list[str], folder: Path, seconds: float) -> str:
    """Run to the end or to the limit, then end all that was started; answer the last words."""
    lower: dict[str, object] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    path = os.environ.get("PATH", os.defpath)
    environment = {"PATH": path, "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"}
    log = folder / "complaint"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            **lower,  # type: ignore[call-overload]
        )
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return f"no picture within {seconds:g} s"
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return log.read_text(errors="replace")[-1000:]
