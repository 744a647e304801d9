"""What the builder of charts says, in the page's language."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from challenges.catalogue.charts.choices import Aggregate, Choices, Fault, Kind, Order
from challenges.catalogue.charts.series import OTHER
from challenges.catalogue.models import Resource
from challenges.catalogue.wording import chart_words, number

KIND_WORDS = {
    Kind.BARS: _l("Bars"),
    Kind.LINE: _l("Line"),
    Kind.POINTS: _l("Points"),
    Kind.HISTOGRAM: _l("Histogram"),
    Kind.BOX: _l("Boxes"),
}
AGGREGATE_WORDS = {
    Aggregate.COUNT: _l("number of rows"),
    Aggregate.SUM: _l("sum"),
    Aggregate.MEAN: _l("mean"),
    Aggregate.MEDIAN: _l("median"),
    Aggregate.MIN: _l("least"),
    Aggregate.MAX: _l("greatest"),
}
ORDER_WORDS = {
    Order.VALUE: _l("greatest first"),
    Order.NAME: _l("by name"),
}
FAULT_WORDS = {
    Fault.NO_SUCH_COLUMN: _l("This file has no such column. Choose one of the list."),
    Fault.COLUMN_NEEDED: _l("Choose a column: this chart needs it."),
    Fault.NUMBER_NEEDED: _l("This column holds no numbers. Choose another, or count rows instead."),
    Fault.MEASURE_NEEDED: _l("This column holds neither numbers nor dates. Choose another, or draw bars."),
    Fault.NO_SUCH_NUMBER: _l("Write a whole number from 1 to 50."),
    Fault.NO_VALUES: _l("No row is left to draw: the filter keeps none, or the columns hold no value in them."),
    Fault.TOO_MANY_PLACES: _l("This column has too many different values for a line. Draw points or a histogram."),
}

Series = dict[str, Any]


def title(series: Series) -> str:
    """What a chart draws."""
    words = chart_words()
    names = {"x": series["x"], "y": words.measure(series), "colour": series["colour"]}
    if series["kind"] == "histogram":
        return _("Distribution of %(x)s", **names)
    if series["colour"]:
        return _("%(y)s by %(x)s, coloured by %(colour)s", **names)
    return _("%(y)s by %(x)s", **names)


def subtitle(series: Series, choices: Choices, resource: Resource) -> str:
    """Which rows it draws, what is put together or left out, from which file."""
    said = [
        _where(choices) if choices.where else "",
        _part(series),
        _("Logarithmic scale, without zeros.") if series.get("logarithmic") else "",
        _left_out(series),
        _("Computed from %(file)s.", file=resource.file_name),
    ]
    return " ".join(sentence for sentence in said if sentence)


def _where(choices: Choices) -> str:
    if not choices.equals:
        return _("Only rows without a value in %(column)s.", column=choices.where)
    return _("Only rows where %(column)s is “%(value)s”.", column=choices.where, value=choices.equals)


def _part(series: Series) -> str:
    shown, total = series["shown"], series.get("groups_total", 0)
    if series["kind"] in {"ranked", "bar", "box"} and shown < total:
        return _(
            "The %(shown)s greatest of %(total)s; all others stand together.", shown=number(shown), total=number(total)
        )
    if series["kind"] == "scatter" and shown < series["total"]:
        return _("%(shown)s of %(total)s points.", shown=number(shown), total=number(series["total"]))
    if series["colour"] and any(group["name"] == OTHER for group in series["groups"]):
        return _("The greatest groups have a colour of their own; all others share one.")
    return ""


def _left_out(series: Series) -> str:
    rows = series["left_out"]
    if not rows:
        return ""
    return ngettext(
        "%(count)s row without these values is left out.",
        "%(count)s rows without these values are left out.",
        rows,
        count=number(rows),
    )
