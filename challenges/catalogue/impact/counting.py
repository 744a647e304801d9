"""Counting views and downloads without making anybody wait.

A request adds one to a number in memory. At most once a minute, after the answer to whatever page has been sent, a
process writes what it has counted in one transaction: nobody waits for the writer's lock. A process that is stopped
loses what it has not written, which is little for figures that nobody is paid by. No address, cookie or name is read
or kept.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from challenges.catalogue.impact.rules import UseKind
from challenges.catalogue.impact.service import Counts, add_uses

WRITE_EVERY = 60.0
log = structlog.get_logger()


@dataclass
class Tally:
    """What this process has counted and not yet written; threads share it. `write_every` is in seconds."""

    write_every: float = WRITE_EVERY
    written_at: float = field(default_factory=time.monotonic)
    _counts: Counter[tuple[str, date, UseKind]] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, slug: str, kind: UseKind, day: date) -> None:
        """Count one use."""
        with self._lock:
            self._counts[slug, day, kind] += 1

    @property
    def is_due(self) -> bool:
        """Whether there is something to write, and the last time is long ago."""
        return bool(self._counts) and time.monotonic() >= self.written_at + self.write_every

    def take_when_due(self) -> Counts:
        """All that was counted, once in `write_every` seconds, to whoever asks first; nothing in between."""
        with self._lock:
            if not self.is_due:
                return {}
            self.written_at = time.monotonic()
            taken, self._counts = self._counts, Counter()
        return taken

    def put_back(self, counts: Counts) -> None:
        """Count again what could not be written."""
        with self._lock:
            self._counts.update(counts)


def write_when_due(tally: Tally, open_session: Callable[[], Session]) -> None:
    """Write what was counted, when it is time. A database that is away is asked again a minute later."""
    counts = tally.take_when_due()
    if not counts:
        return
    try:
        with open_session() as session, session.begin():
            add_uses(session, counts=counts)
    except SQLAlchemyError:
        log.warning("uses not written", waiting=sum(counts.values()))
        tally.put_back(counts)
