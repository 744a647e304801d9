"""Pages of long lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for

Row = TypeVar("Row")


# The pages on each side of the one that is read, for which there is a link beside the first and the last.
NEIGHBOURS = 1


@dataclass(frozen=True)
class Stop:
    """A page that readers may go to at once; `is_after_gap` where others lie between it and the stop before."""

    number: int
    url: str
    is_here: bool
    is_after_gap: bool


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows, and the way to its neighbours."""

    rows: Sequence[Row]
    number: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def previous_url(self) -> str | None:
        """The page before, or None on the first."""
        return _url(self.number - 1) if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        """The page after, or None on the last."""
        return _url(self.number + 1) if self.number < self.pages else None

    @property
    def stops(self) -> list[Stop]:
        """The first page, the last, and those around this one; none where the neighbours are all there is."""
        if self.pages <= 1 + 2 * NEIGHBOURS:
            return []
        around = range(self.number - NEIGHBOURS, self.number + NEIGHBOURS + 1)
        numbers = sorted({1, self.pages} | {number for number in around if 1 <= number <= self.pages})
        before = [0, *numbers]
        return [
            Stop(number, _url(number), number == self.number, number - previous > 1)
            for previous, number in zip(before, numbers, strict=False)
        ]


def asked_page() -> int:
    """The page number that the address asks for; 1 when it makes no sense."""
    return max(1, min(request.args.get("page", 1, type=int), 100_000))


def _url(number: int) -> str:
    arguments: dict[str, Any] = {**request.args.to_dict(flat=False), **(request.view_args or {}), "page": number}
    return url_for(str(request.endpoint), **arguments)
