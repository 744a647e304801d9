"""When links are asked, how politely, and what follows for their dataset."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

# After an answer; after the first, second and third failure in a row, and after each further one.
AFTER_ANSWER = timedelta(days=30)
AFTER_FAILURES = (timedelta(days=1), timedelta(days=3), timedelta(days=7), timedelta(days=30))
# A link that fails so often in a row is lost; one that fails once may have had a bad day.
LOST_AFTER = 3
# A host is left alone for so long after a visit, and a visit asks for so many of its links.
REST = timedelta(minutes=1)
MOST_OF_A_HOST = 5
MOST_AT_ONCE = 20


class Link(NamedTuple):
    """An address to ask: of a link by the number of its row, or of a dataset's page by that of the dataset."""

    number: int
    url: str
    is_page: bool = False


def next_check(now: datetime, failures: int) -> datetime:
    """When a link is asked again, after so many failures in a row."""
    if not failures:
        return now + AFTER_ANSWER
    return now + AFTER_FAILURES[min(failures, len(AFTER_FAILURES)) - 1]


def host_of(url: str) -> str:
    """The host of a link in small letters; "" where it has none."""
    try:
        return (urlsplit(url).hostname or "")[:255]
    except ValueError:
        return ""


def to_ask(due: Iterable[Link], resting: Collection[str]) -> list[Link]:
    """Which of the due links to ask on one visit: none of a host that rests, few of each."""
    chosen: list[Link] = []
    of_host: dict[str, int] = {}
    for link in due:
        host = host_of(link.url)
        if host not in resting and of_host.get(host, 0) < MOST_OF_A_HOST and len(chosen) < MOST_AT_ONCE:
            of_host[host] = of_host.get(host, 0) + 1
            chosen.append(link)
    return chosen


def answers(failures: Mapping[str, int]) -> bool | None:
    """Whether one of the checked links of a dataset answers, by failures in a row; None while that is not certain."""
    if not failures:
        return None
    if any(number == 0 for number in failures.values()):
        return True
    return False if all(number >= LOST_AFTER for number in failures.values()) else None
