"""Pages that are the same for everybody who is not signed in, kept in this process until something changes.

A kept page counts as long as nothing was recorded in the log of acts, and no still image finished, since it was drawn;
every verb records its act, so that the next reader sees a change. On PostgreSQL two transactions that end in another
order than they began can hide behind one number: therefore a page also grows old within a minute.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

LONGEST = timedelta(minutes=1)
MOST_PAGES = 200


@dataclass(frozen=True)
class _Kept:
    state: Hashable
    drawn_at: datetime
    page: str


class PageCache:
    """The last pages that were asked for; safe for threads."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._pages: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._most, self._lock = most, Lock()

    def page(self, key: Hashable, state: Hashable, now: datetime, draw: Callable[[], str]) -> str:
        """The kept page for this key, if it was drawn in this state of things and is young; else a new one."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is not None and kept.state == state and abs(now - kept.drawn_at) < LONGEST:
                self._pages.move_to_end(key)
                return kept.page
        page = draw()
        with self._lock:
            self._pages[key] = _Kept(state, now, page)
            self._pages.move_to_end(key)
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
        return page
