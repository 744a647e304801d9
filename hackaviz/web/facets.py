"""What a page of search shows of a facet: its options with counts, some of them folded away."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Option:
    """One line of a facet."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class FacetView:
    """A facet as the page shows it: `options` at once, `rest` behind “more”."""

    name: str
    legend: str
    options: list[Option]
    rest: list[Option] = field(default_factory=list)
