"""A Chromium that can hurt nobody: it loads a work, and a program beside it tells what happened.

It runs as an unprivileged user, in its own sandbox, in a folder that is gone afterwards, with limits on time and
memory. It reaches nothing but the one port of this machine that serves the work. Whatever it started ends with it.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hackaviz.settings import ROOT

# The headless shell is the same engine without the windows around it, and starts in half the time.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SECONDS = 75.0
MEMORY_BYTES = 2 << 30
WATCH_SECONDS, ENDING_SECONDS = 0.5, 5.0
NOBODY = 65534
# A name that exists nowhere: Chromium is told that it is our port, and that no other name or number leads anywhere.
HOST = "works.localhost"
WIDE, NARROW = (1280, 960), (390, 844)
FLAGS = (
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
    "--js-flags=--max-old-space-size=1024",
)


class NoBrowser(Exception):
    """This machine has no Chromium, or none that starts."""


class NoPicture(Exception):
    """Chromium did not come to an end; the message says why."""


@dataclass(frozen=True)
class Visit:
    """What came of a visit: what was measured, asked and said, and a picture of each view."""

    told: dict[str, Any]
    pictures: dict[str, Path]


def chromium_path() -> str | None:
    """Where Chromium is."""
    return next((path for path in map(shutil.which, PROGRAMS) if path), None)


def visit(
    url: str, *, own: str, port: int, folder: Path, views: dict[str, tuple[int, int]], seconds: float = SECONDS
) -> Visit:
    """Load a page of `http://works.localhost`, served on `port`, once for each view (width, height).

    `own` is the address below which the files of the work are. Raises NoBrowser or NoPicture.
    """
    order = {"url": url, "own": own, "folder": str(folder), "views": views, **_equipment(folder, port)}
    answer = _run(order, folder, seconds)
    try:
        told = json.loads(answer)
    except ValueError:
        raise NoPicture(answer.strip()[-300:] or "Chromium gave no answer") from None
    if "unstarted" in told:
        raise NoBrowser(f"Chromium does not start: {told['unstarted']}")
    return Visit(told, {name: folder / f"{name}.png" for name in views})


def _equipment(folder: Path, port: int) -> dict[str, Any]:
    """What Chromium is started with: a profile of its own, and, when we are root, a program that stops being root."""
    program, profile = chromium_path(), folder / "profile"
    if program is None:
        raise NoBrowser("no Chromium is installed")
    profile.mkdir()
    if os.geteuid() == 0:
        os.chown(profile, NOBODY, NOBODY)
        lowered = folder / "chromium"
        lowered.write_text(f'#!/bin/sh\nexec setpriv --reuid={NOBODY} --regid={NOBODY} --clear-groups {program} "$@"\n')
        lowered.chmod(0o755)
        program = str(lowered)
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(profile), "TMPDIR": str(profile)}
    rules = f"--host-resolver-rules=MAP {HOST}:80 127.0.0.1:{port}, MAP * ~NOTFOUND"
    return {"program": program, "profile": str(profile), "environment": environment, "flags": [*FLAGS, rules]}


def _run(order: dict[str, Any], folder: Path, seconds: float) -> str:
    """Let the visit go to its end or to a limit, then end all that was started; answer its answer or last words."""
    answer, complaint = folder / "answer", folder / "complaint"
    with answer.open("wb") as output, complaint.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "submissions.viewer.checks.visit"],
            cwd=folder,
            env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), "HOME": str(folder), "TMPDIR": str(folder)},
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
        assert process.stdin is not None
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(json.dumps(order).encode())
                process.stdin.close()
            _watch(process, folder, seconds)
        finally:
            _end(process, folder)
    return (answer if process.returncode == 0 else complaint).read_text(errors="replace")


def _watch(process: subprocess.Popen[bytes], folder: Path, seconds: float) -> None:
    """Wait for the end. Raises NoPicture when it takes too long or too much memory."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=WATCH_SECONDS)
            return
        if sum(map(_memory, _started(process.pid, folder))) > MEMORY_BYTES:
            raise NoPicture(f"it used more than {MEMORY_BYTES >> 30} GB of memory")
    raise NoPicture(f"no picture within {seconds:g} s")


def _end(process: subprocess.Popen[bytes], folder: Path) -> None:
    """Kill until nothing is left: what is told to die may just have started another, and takes a moment itself."""
    end = time.monotonic() + ENDING_SECONDS
    while (left := _started(process.pid, folder)) and time.monotonic() < end:
        for pid in left:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)
    process.kill()
    process.wait()


def _started(pid: int, folder: Path) -> set[int]:
    """What a process started, and what they started; and whatever names the folder of this visit, wherever it hangs."""
    parents, found = dict[int, int](), {pid}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, ValueError, IndexError):
            number = int(path.name)
            state, parent, *_rest = (path / "stat").read_text().rpartition(")")[2].split()
            if state == "Z":
                continue
            parents[number] = int(parent)
            if f"{folder}/".encode() in (path / "cmdline").read_bytes():
                found.add(number)
    found.discard(os.getpid())
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def _memory(pid: int) -> int:
    """Bytes that a process does not share with others; 0 when it is gone."""
    with suppress(OSError, ValueError):
        _size, resident, shared, *_rest = Path(f"/proc/{pid}/statm").read_text().split()
        return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")
    return 0
