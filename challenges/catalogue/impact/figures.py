"""What became of datasets, gathered from our counts and from the rooms that know works and prizes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from challenges.catalogue.impact.queries import uses_by_day
from challenges.catalogue.impact.rules import Month, by_month
from challenges.catalogue.registry import Use, catalogue_registry
from hackaviz.web.spreadsheets import Cell
from hackaviz.web.templating import day_in_words

MONTHS_DRAWN = 24
LEAST_ROOM = 6


@dataclass(frozen=True)
class Impact:
    """Figures of one dataset or of all of a publisher; a work that uses two of them is one work."""

    months: Sequence[Month]
    works: Sequence[Use]

    @property
    def views(self) -> int:
        """All views that were counted."""
        return sum(month.views for month in self.months)

    @property
    def downloads(self) -> int:
        """All downloads that were counted."""
        return sum(month.downloads for month in self.months)

    @property
    def awards(self) -> int:
        """All published prizes of these works."""
        return sum(len(work.awards) for work in self.works)

    @property
    def drawn(self) -> Sequence[Month]:
        """The months that a chart has room for, from the first in which something was counted; perhaps none."""
        counted = [place for place, month in enumerate(self.months) if month.views or month.downloads]
        return self.months[counted[0] :][-MONTHS_DRAWN:] if counted else ()


def impact_of(session: Session, condition: ColumnElement[bool], now: datetime) -> Impact:
    """The figures of the datasets under a condition. Nothing in them is under embargo: rooms answer what is public."""
    works = _each_once(use for find in catalogue_registry().uses for use in find(session, condition, now))
    published = [(work.public_on, len(work.awards)) for work in works]
    return Impact(by_month(uses_by_day(session, condition), published, now.date()), works)


def _each_once(uses: Iterable[Use]) -> list[Use]:
    return sorted({use.url: use for use in uses}.values(), key=lambda use: (-use.public_on.toordinal(), use.title))


def figure_of(months: Sequence[Month]) -> dict[str, Any]:
    """Views and downloads by month, for Plotly."""
    names = [month_in_words(month) for month in months]
    kinds = ((_("Views"), "views"), (_("Downloads"), "downloads"))
    bars = [
        {"type": "bar", "name": label, "x": names, "y": [getattr(month, kind) for month in months]}
        for label, kind in kinds
    ]
    # Few months leave room for those to come, and few uses are counted one by one.
    months_axis = {"type": "category", "range": [-0.5, max(len(months), LEAST_ROOM) - 0.5]}
    uses_axis: dict[str, Any] = {"rangemode": "tozero", "title": {"text": _("Times")}}
    if max((month.views + month.downloads for month in months), default=0) <= LEAST_ROOM:
        uses_axis |= {"dtick": 1}
    axes = {"xaxis": months_axis, "yaxis": uses_axis}
    return {"data": bars, "layout": {"barmode": "group", "showlegend": True, **axes}}


def rows_of(months: Sequence[Month]) -> list[list[Cell]]:
    """The table of months, with its heads, as it is downloaded: the month as in ISO 8601."""
    heads: list[Cell] = [_("Month"), _("Views"), _("Downloads"), _("Works made public"), _("Prizes")]
    lines: list[list[Cell]] = [
        [f"{month.first:%Y-%m}", month.views, month.downloads, month.works, month.awards] for month in months
    ]
    return [heads, *lines]


def month_in_words(month: Month) -> str:
    """“Mar 2026”. By another day than the first, which the French write in a way of its own."""
    return day_in_words(month.first.replace(day=2), "MMM y")
