"""Values that fall together made one, and what comes after the greatest few put together. Pure.

"Others" is made of the values of all that is not shown, as if they had one name: so sums and counts add up to those of
the file, and a mean of the others is the mean of their rows.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from statistics import fmean, median
from typing import Any

from challenges.catalogue.charts.choices import Aggregate, Order
from challenges.catalogue.charts.series import MOST_GROUPS, OTHER, Point, Series, plain
from hackaviz.kernel.identifiers import fold

Name = str | int | float | None
Cells = Mapping[Name, Mapping[Name, Sequence[float]]]

REDUCERS: Mapping[Aggregate, Callable[[Sequence[float]], float]] = {
    Aggregate.COUNT: len,
    Aggregate.SUM: sum,
    Aggregate.MEAN: fmean,
    Aggregate.MEDIAN: median,
    Aggregate.MIN: min,
    Aggregate.MAX: max,
}


def aggregated(points: Iterable[Point], how: Aggregate, *, top: int | None, order: Order) -> Series:
    """Groups over the greatest `top` of x (all of them for None), others last in both.

    → `{"groups": [{"name", "x", "y"}], "shown", "groups_total"}`; y is None where a group has no value at an x.
    """
    reduce = REDUCERS[how]
    cells: dict[Name, dict[Name, list[float]]] = defaultdict(lambda: defaultdict(list))
    for point in points:
        cells[point.x][point.group].append(point.y)
    by_x = {x: reduce(_joined(groups.values())) for x, groups in cells.items()}
    by_group = {name: reduce(_joined(values)) for name, values in _turned(cells).items()}
    kept = greatest(by_x, top) if top else list(by_x)
    if order is Order.NAME or top is None:
        kept.sort(key=_sorting)
    groups = _named_first(greatest(by_group, MOST_GROUPS))
    shown = _gathered(_gathered_groups(cells, groups), kept)
    xs = kept + ([OTHER] if OTHER in shown and OTHER not in kept else [])
    names = groups + ([OTHER] if len(by_group) > len(groups) else [])
    return {
        "groups": [{"name": name, "x": xs, "y": [_reduced(shown[x].get(name), reduce) for x in xs]} for name in names],
        "shown": len(kept),
        "groups_total": len(by_x),
    }


def greatest(amounts: Mapping[Name, float], most: int) -> list[Name]:
    """The names with the greatest amounts; of equals those that come first by name."""
    return sorted(amounts, key=lambda name: (-amounts[name], _sorting(name)))[:most]


def _sorting(name: Name) -> tuple[bool, float, str]:
    """Numbers in their order, before texts in theirs."""
    return (False, name, "") if isinstance(name, int | float) else (True, 0, fold(str(name)))


def _named_first(names: list[Name]) -> list[Name]:
    return sorted(names, key=lambda name: name is None)


def _joined(parts: Iterable[Sequence[float]]) -> list[float]:
    return [value for part in parts for value in part]


def _turned(cells: Cells) -> dict[Name, list[Sequence[float]]]:
    turned: dict[Name, list[Sequence[float]]] = defaultdict(list)
    for groups in cells.values():
        for name, values in groups.items():
            turned[name].append(values)
    return turned


def _gathered_groups(cells: Cells, kept: Collection[Name]) -> dict[Name, dict[Name, list[float]]]:
    return {x: _others_joined(groups, kept) for x, groups in cells.items()}


def _others_joined(groups: Mapping[Name, Sequence[float]], kept: Collection[Name]) -> dict[Name, list[float]]:
    joined: dict[Name, list[float]] = defaultdict(list)
    for name, values in groups.items():
        joined[name if name in kept else OTHER].extend(values)
    return joined


def _gathered(cells: Cells, kept: Collection[Name]) -> dict[Name, dict[Name, list[float]]]:
    """The cells of what is kept, and those of all others together."""
    chosen = set(kept)
    gathered: dict[Name, dict[Name, list[float]]] = defaultdict(lambda: defaultdict(list))
    for x, groups in cells.items():
        for name, values in groups.items():
            gathered[x if x in chosen else OTHER][name].extend(values)
    return gathered


def _reduced(values: Sequence[float] | None, reduce: Callable[[Sequence[float]], float]) -> Any:
    return plain(reduce(values)) if values else None
