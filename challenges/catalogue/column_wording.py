"""The columns of a file in words, one line each."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from challenges.catalogue.models import Resource
from challenges.catalogue.wording import TYPE_WORDS, missing_share, number, shown, value_range

VALUES_NAMED = 3
LONGEST_VALUE = 32
LEAST_BARS = 6


@dataclass(frozen=True)
class ColumnLine:
    """What a page says of a column; `bars` is the shape of its distribution, `spread` the same in words."""

    name: str
    type: str
    missing: str
    distinct: str
    values: str
    bars: Sequence[int] = ()
    spread: str = ""


def column_lines(resource: Resource) -> list[ColumnLine]:
    """Every column of a file; inspections of old know no distributions."""
    rows = (resource.inspection or {}).get("rows")
    return [_line(column, rows) for column in resource.columns]


def _line(column: Mapping[str, Any], rows: int | None) -> ColumnLine:
    spread = column.get("distribution") or {}
    is_counted = spread.get("kind") == "bins"
    return ColumnLine(
        name=column["name"],
        type=str(TYPE_WORDS[column["type"]]),
        missing=missing_share(column, rows),
        distinct=_distinct(column),
        values=_frequent(spread) if spread and not is_counted else _range(column),
        bars=_bars(spread) if spread else (),
        spread=_tallest(spread) if is_counted else "",
    )


def _distinct(column: Mapping[str, Any]) -> str:
    if column["type"] == "geometry":
        return ""
    return _("very many") if column["distinct"] is None else number(column["distinct"])


def _range(column: Mapping[str, Any]) -> str:
    return value_range(column) if column["min"] is not None else ""


def _frequent(spread: Mapping[str, Any]) -> str:
    about = "≈\u00a0" if spread.get("every") else ""
    named = ", ".join(
        _("%(value)s (%(count)s)", value=_cut(value), count=f"{about}{number(count)}")
        for value, count in spread["values"][:VALUES_NAMED]
    )
    return f"{named}…" if spread["other"] or len(spread["values"]) > VALUES_NAMED else named


def _cut(value: str) -> str:
    return value if len(value) <= LONGEST_VALUE else f"{value[:LONGEST_VALUE].rstrip('…')}…"


def _bars(spread: Mapping[str, Any]) -> list[int]:
    """The counts between steps, or those of the most frequent values; no bar is wider than a sixth."""
    counts = spread["counts"] if spread["kind"] == "bins" else [count for _value, count in spread["values"]]
    return [*counts, *[0] * (LEAST_BARS - len(counts))]


def _tallest(spread: Mapping[str, Any]) -> str:
    """Where most values are, and what share of all."""
    counts, edges = spread["counts"], spread["edges"]
    total = sum(counts)
    if len(counts) < 2 or not total:
        return ""
    place = counts.index(max(counts))
    share = _("%(share)s%%", share=round(100 * counts[place] / total))
    low, high = (shown(_rounded(edge, edges)) for edge in edges[place : place + 2])
    return _("%(share)s from %(low)s to %(high)s", share=share, low=low, high=high)


def _rounded(edge: Any, edges: Sequence[Any]) -> Any:
    """An edge as exactly as the steps are wide; of a moment its day, where steps are longer."""
    if isinstance(edge, str):
        return edge[:10] if edges[0][:10] != edges[1][:10] else edge
    step = edges[1] - edges[0]
    return round(edge, max(0, 1 - math.floor(math.log10(step)))) if step > 0 else edge
