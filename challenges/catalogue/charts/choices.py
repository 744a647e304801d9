"""What somebody chooses for a chart of their own: its address says it all, nothing is stored. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

NUMBERS = frozenset({"integer", "number"})
MEASURED = NUMBERS | {"date", "datetime"}
LEAST_TOP, USUAL_TOP, MOST_TOP = 1, 15, 50
LONGEST_VALUE = 200


class Kind(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"
    LINE = "line"
    POINTS = "points"
    HISTOGRAM = "histogram"
    BOX = "box"


class Aggregate(StrEnum):
    """What is made of the values that fall together."""

    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    MIN = "min"
    MAX = "max"


class Order(StrEnum):
    """Which bar comes first: the greatest, or the first by name, number or date."""

    VALUE = "value"
    NAME = "name"


class Fault(StrEnum):
    """Why choices make no chart."""

    NO_SUCH_COLUMN = "no-such-column"
    COLUMN_NEEDED = "column-needed"
    NUMBER_NEEDED = "number-needed"
    MEASURE_NEEDED = "measure-needed"
    NO_SUCH_NUMBER = "no-such-number"
    NO_VALUES = "no-values"
    TOO_MANY_PLACES = "too-many-places"


@dataclass(frozen=True)
class Choices:
    """A chart as it is asked for. `where` and `equals` keep the rows in which a column has a value, as text."""

    kind: Kind = Kind.BARS
    x: str = ""
    y: str = ""
    colour: str = ""
    aggregate: Aggregate = Aggregate.COUNT
    where: str = ""
    equals: str = ""
    order: Order = Order.VALUE
    top: int = USUAL_TOP

    @property
    def measures(self) -> bool:
        """Whether the values of `y` are drawn, not only counted."""
        if self.kind in {Kind.POINTS, Kind.BOX}:
            return True
        return self.kind in {Kind.BARS, Kind.LINE} and self.aggregate is not Aggregate.COUNT

    def as_dict(self) -> dict[str, Any]:
        """Plain values, those of an address."""
        return {name: value for name, value in asdict(self).items() if value not in {"", None}}

    def faults(self, columns: Sequence[Mapping[str, Any]]) -> dict[str, Fault]:
        """Why these columns of a file make no such chart, by the name of the choice; empty where they do."""
        types = {column["name"]: column["type"] for column in columns if column["type"] != "geometry"}
        named = {"x": self.x, "y": self.y if self.measures else "", "colour": self.colour, "where": self.where}
        faults = {name: Fault.NO_SUCH_COLUMN for name, column in named.items() if column and column not in types}
        for name, needed in self._needs().items():
            if name not in faults and (fault := _fault(named[name], types, needed)):
                faults[name] = fault
        if not LEAST_TOP <= self.top <= MOST_TOP:
            faults["top"] = Fault.NO_SUCH_NUMBER
        return faults

    def _needs(self) -> dict[str, frozenset[str] | None]:
        """The types that the axes need; None for any."""
        measured = MEASURED if self.kind in {Kind.POINTS, Kind.HISTOGRAM} else None
        needs: dict[str, frozenset[str] | None] = {"x": measured}
        if self.measures:
            needs["y"] = MEASURED if self.kind is Kind.POINTS else NUMBERS
        return needs


def _fault(column: str, types: Mapping[str, str], needed: frozenset[str] | None) -> Fault | None:
    if not column:
        return Fault.COLUMN_NEEDED
    if needed is None or types[column] in needed:
        return None
    return Fault.NUMBER_NEEDED if needed is NUMBERS else Fault.MEASURE_NEEDED


def choices_from(asked: Mapping[str, str]) -> Choices:
    """The choices in an address; what makes no sense there is as if it were not there."""
    usual = Choices()
    return Choices(
        kind=_member(Kind, asked.get("kind"), usual.kind),
        x=asked.get("x", ""),
        y=asked.get("y", ""),
        colour=asked.get("colour", ""),
        aggregate=_member(Aggregate, asked.get("aggregate"), usual.aggregate),
        where=asked.get("where", ""),
        equals=asked.get("equals", "").strip()[:LONGEST_VALUE],
        order=_member(Order, asked.get("order"), usual.order),
        top=_whole(asked.get("top"), usual.top),
    )


def _member(kind: Any, text: str | None, usual: Any) -> Any:
    return kind(text) if text in set(kind) else usual


def _whole(text: str | None, usual: int) -> int:
    if not text:
        return usual
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def choices_of(suggestion: Mapping[str, Any]) -> Choices | None:
    """A suggested chart as choices, to go on from; None for one that no choices make, such as a map of shapes."""
    kinds = {
        "scatter": (Kind.POINTS, Aggregate.COUNT),
        "line": (Kind.LINE, Aggregate.SUM),
        "bar": (Kind.BARS, Aggregate.SUM),
        "bar-count": (Kind.BARS, Aggregate.COUNT),
        "histogram": (Kind.HISTOGRAM, Aggregate.COUNT),
        "box": (Kind.BOX, Aggregate.COUNT),
    }
    if suggestion.get("type") not in kinds or not suggestion.get("x"):
        return None
    kind, aggregate = kinds[suggestion["type"]]
    x, y = str(suggestion["x"]), str(suggestion.get("y") or "")
    colour = str(suggestion.get("colour") or "") if kind in {Kind.POINTS, Kind.LINE} else ""
    return Choices(kind=kind, x=x, y=y, colour=colour, aggregate=aggregate, order=_order(suggestion))


def _order(suggestion: Mapping[str, Any]) -> Order:
    return Order.NAME if suggestion["type"] == "bar" else Order.VALUE
