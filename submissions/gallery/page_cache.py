"""Pages that are the same for everybody who is not signed in, kept in this process until something changes.

A kept page counts as long as nothing was recorded in the log of acts, and no still image finished, since it was drawn;
every verb records its act, so that the next reader sees a change. On PostgreSQL two transactions that end in another
order than they began can hide behind one number: therefore a page also grows old within a minute.

Only pages of published results are kept. Time alone never takes them back, so that a kept page needs no other question.
"""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Generic, TypeVar

LONGEST = timedelta(minutes=1)
MOST_PAGES = 200
Page = TypeVar("Page")


@dataclass(frozen=True)
class _Kept(Generic[Page]):
    state: Hashable
    drawn_at: datetime
    page: Page


class PageCache(Generic[Page]):
    """The last pages that were asked for, or what they are drawn from; safe for threads."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._pages: OrderedDict[Hashable, _Kept[Page]] = OrderedDict()
        self._most, self._lock = most, Lock()

    def find(self, key: Hashable, state: Hashable, now: datetime) -> Page | None:
        """The page that was kept for this key, if it was drawn in this state of things and is young."""
        with self._lock:
            kept = self._pages.get(key)
            if kept is None or kept.state != state or abs(now - kept.drawn_at) >= LONGEST:
                return None
            self._pages.move_to_end(key)
            return kept.page

    def keep(self, key: Hashable, state: Hashable, now: datetime, page: Page) -> None:
        """Keep a page that was drawn in this state of things, read before the page was."""
        with self._lock:
            self._pages[key] = _Kept(state, now, page)
            self._pages.move_to_end(key)
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)
