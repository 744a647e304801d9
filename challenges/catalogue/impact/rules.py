"""What counts as a view or a download, and figures by month. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# Words by which programs that collect pages, check links or draw previews name themselves.
ROBOTS = ("bot", "crawl", "spider", "slurp", "preview", "fetch", "monitor", "headless", "lighthouse", "scan", "check")
# Every browser begins its name so; scripts that take a file do not, and their downloads count.
BROWSERS = ("mozilla/", "opera/")


class UseKind(StrEnum):
    """What somebody did with a dataset."""

    VIEW = "views"
    DOWNLOAD = "downloads"


def is_counted(kind: UseKind, *, method: str, status: int, agent: str, is_ahead: bool) -> bool:
    """Whether an answered request is a use: a whole answer to somebody who asked for it and is no robot.

    `agent` is how the program names itself; `is_ahead` says that a browser fetched the page in case it is opened.
    """
    name = agent.strip().lower()
    if (method, status) != ("GET", 200) or is_ahead or not name or any(word in name for word in ROBOTS):
        return False
    return kind is UseKind.DOWNLOAD or name.startswith(BROWSERS)


@dataclass(frozen=True)
class Month:
    """The figures of a month; `first` is its first day."""

    first: date
    views: int = 0
    downloads: int = 0
    works: int = 0
    awards: int = 0


Days = Mapping[date, tuple[int, int]]


def by_month(days: Days, works: Iterable[tuple[date, int]], today: date) -> list[Month]:
    """Every month from the first that has a figure to the one of `today`, empty ones included.

    `days` are (views, downloads) by day; `works` are the day on which a work became public and how many prizes it got.
    """
    published = list(works)
    firsts = [day.replace(day=1) for day in (*days, *(day for day, _awards in published), today)]
    return [_month(first, days, published) for first in _months(min(firsts), today.replace(day=1))]


def _months(first: date, last: date) -> Sequence[date]:
    count = 12 * (last.year - first.year) + last.month - first.month + 1
    start = 12 * first.year + first.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(start, start + count)]


def _month(first: date, days: Days, works: Sequence[tuple[date, int]]) -> Month:
    counted = [counts for day, counts in days.items() if day.replace(day=1) == first]
    prizes = [awards for day, awards in works if day.replace(day=1) == first]
    views, downloads = (sum(each[column] for each in counted) for column in (0, 1))
    return Month(first, views, downloads, len(prizes), sum(prizes))
