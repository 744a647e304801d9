"""200 teams hand in 5 MB each within the last ten seconds, some a moment too late, while others read pages.

Goals: nothing is lost, each hand-in is decided by the rule, and other pages answer within one second at the 95th
percentile. The server is what an operator starts: gunicorn with its usual workers, and one job process.
"""

import os
import random
import statistics
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.request import urlopen

from sqlalchemy import select, update

from bench.server import PORT, installation, serve
from challenges.editions.models import Edition
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.settings import ROOT
from submissions.entries.models import Entry
from submissions.entries.transfers.models import PendingHandIn
from submissions.entries.transfers.rules import HandInState
from tests.factories import make_challenge, make_edition, make_entry, make_team
from tests.support.tus import TusClient

TEAMS, BYTES, SPAN, LATE = 200, 5_000_000, 10.0, 0.5
# A page begins to send a file when it is chosen; pressing and answering its question takes somebody so long. It does
# not wait for the server, which may be slow to begin the file: the hand-in announces it then.
CHOOSING = 2.0
NAME = "work.html"
PATIENCE_SECONDS = 900
SLUG = "rush"
PROMISES = frozenset({"waiting", "counted"})


@dataclass
class Team:
    """A team, and what its hand-in was told: when it was pressed and answered, and the answer."""

    client: TusClient
    entry: str
    content: bytes
    pressed_at: datetime | None = None
    answered_at: datetime | None = None
    said: str = ""


def main() -> None:
    """Prepare, rush, wait for the job process, judge."""
    with installation() as settings:
        teams = _teams(settings)
        with _jobs(settings), serve("wsgi:app", settings, workers=2) as site:
            pages = _Reader(f"{site.url}/editions/{SLUG}")
            urlopen(pages.url).close()
            deadline = _set_deadline(settings)
            with ThreadPoolExecutor(TEAMS) as pool, pages:
                list(pool.map(lambda team: _rush(team, deadline), teams))
            rushed = (utc_now() - deadline).total_seconds()
            _wait_until_settled(settings)
        lost, wrong = _judge(settings, teams, deadline)
    counted, busy = sum(team.said in PROMISES for team in teams), sum(team.said == "busy" for team in teams)
    in_time = sum(team.pressed_at is not None and team.pressed_at <= deadline for team in teams)
    decided = f"{in_time} pressed in time, {counted} counted, {TEAMS - counted - busy} too late, "
    decided += f"{busy} told to try again, {lost} lost, {wrong} against the rule"
    others = f"median {pages.at(50):.2f} s, 95th percentile {pages.at(95):.2f} s of {len(pages.seconds)}"
    print(f"rush of {TEAMS} teams with {BYTES / 1e6:.0f} MB each: {decided}; other pages: {others}")
    print(f"the last byte was here {rushed:.1f} s after the deadline")


def _set_deadline(settings: dict[str, str]) -> datetime:
    """Close hand-in soon: only now does the server answer, and every file is there to be sent."""
    deadline = utc_now() + timedelta(seconds=CHOOSING + SPAN + 3)
    with session_factory(open_engine(settings["HACKAVIZ_DATABASE_URL"]))() as session:
        session.execute(update(Edition).values(submission_closes_at=deadline))
        session.commit()
    return deadline


def _teams(settings: dict[str, str]) -> list[Team]:
    host = f"127.0.0.1:{PORT}"
    with session_factory(open_engine(settings["HACKAVIZ_DATABASE_URL"]))() as session:
        edition = make_edition(session, slug=SLUG)
        challenge = make_challenge(session, edition)
        entries = [
            make_entry(session, make_team(session, edition, challenge=challenge), challenge) for _ in range(TEAMS)
        ]
        made = [
            Team(TusClient(host, settings, entry.team.captain), entry.public_id, _page(number))
            for number, entry in enumerate(entries)
        ]
        session.commit()
    return made


def _page(number: int) -> bytes:
    head = f"<!doctype html><html lang=fr><meta charset=utf-8><title>Work {number}</title><p>Work {number}</p><!--"
    return head.encode() + random.Random(number).randbytes(BYTES // 2).hex().encode() + b"-->"


def _rush(team: Team, deadline: datetime) -> None:
    """Choose a file, which begins to be sent, and hand in naming it, at a moment that only this team knows."""
    press_at = deadline + timedelta(seconds=random.uniform(-SPAN, LATE))
    _sleep_until(press_at - timedelta(seconds=CHOOSING))
    with ThreadPoolExecutor(1) as sender:
        beginning = sender.submit(_begin, team)
        _sleep_until(press_at)
        team.pressed_at = utc_now()
        _hand_in(team, beginning)
        team.answered_at = utc_now()
        if team.said == "waiting":
            _send(team, beginning.result())


def _begin(team: Team) -> str:
    """Where the file goes; nothing when the server refuses it."""
    try:
        return team.client.begin(team.entry, len(team.content), NAME, fingerprint=team.entry)
    except (AssertionError, OSError):
        return ""


def _hand_in(team: Team, beginning: Future[str]) -> None:
    """Name the file as the page does: by what the server calls it, if that is known yet."""
    address = beginning.result() if beginning.done() else ""
    named = f"transfer:{address.rsplit('/', 1)[-1]}" if address else "announced"
    told = {"file_name": NAME, "bytes": str(len(team.content)), "fingerprint": team.entry}
    try:
        answer = team.client.hand_in(team.entry, named, f"rush-{team.entry}", **told)
        team.said = answer.json().get("state") or answer.json()["error"]["code"]
    except (OSError, ValueError):
        team.said = "busy"


def _sleep_until(moment: datetime) -> None:
    time.sleep(max(0.0, (moment - utc_now()).total_seconds()))


def _send(team: Team, address: str) -> None:
    """Until all of it is there, as the client in a browser does: a busy server is asked again."""
    at = 0
    while at < len(team.content):
        try:
            address = address or _begin(team)
            answer = team.client.send(address, team.content, at)
            at = int(answer.headers["Upload-Offset"]) if answer.status == 204 else team.client.offset(address)
        except (KeyError, OSError):
            time.sleep(1)


class _Reader:
    """Somebody who reads a page every tenth of a second."""

    def __init__(self, url: str) -> None:
        self.url, self.seconds, self._stopped = url, list[float](), threading.Event()

    def __enter__(self) -> "_Reader":
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        return self

    def __exit__(self, *_details: object) -> None:
        self._stopped.set()
        self._thread.join()

    def at(self, percent: int) -> float:
        return statistics.quantiles(self.seconds, n=100)[percent - 1]

    def _read(self) -> None:
        while not self._stopped.wait(0.1):
            start = time.perf_counter()
            urlopen(self.url, timeout=30).close()
            self.seconds.append(time.perf_counter() - start)


@contextmanager
def _jobs(settings: dict[str, str]) -> Any:
    command = [sys.executable, "-m", "flask", "jobs", "run"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | settings, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_until_settled(settings: dict[str, str]) -> None:
    engine = open_engine(settings["HACKAVIZ_DATABASE_URL"])
    waiting = select(PendingHandIn.id).where(PendingHandIn.state == HandInState.WAITING).limit(1)
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        with session_factory(engine, writes=False)() as session:
            if session.scalar(waiting) is None:
                return
        time.sleep(1)


def _judge(settings: dict[str, str], teams: list[Team], deadline: datetime) -> tuple[int, int]:
    """How many hand-ins were lost, and how many were decided against the rule."""
    lost = wrong = 0
    with session_factory(open_engine(settings["HACKAVIZ_DATABASE_URL"]), writes=False)() as session:
        for team in teams:
            entry = session.scalars(select(Entry).where(Entry.public_id == team.entry)).one()
            version = entry.current_version
            was_promised = team.said in PROMISES
            is_there = version is not None and version.upload.sha256 == sha256(team.content).hexdigest()
            lost += was_promised and not is_there
            wrong += version is not None and version.handed_in_at.astimezone(UTC) > deadline
            wrong += not was_promised and team.answered_at is not None and team.answered_at <= deadline
    return lost, wrong
