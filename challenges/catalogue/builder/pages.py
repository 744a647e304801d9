"""What the page of a chart shows: the choices, the chart they make or why they make none, and what to do with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _

from challenges.catalogue.builder import wording
from challenges.catalogue.builder.built import BuiltCharts
from challenges.catalogue.builder.forms import ChartForm
from challenges.catalogue.builder.plotly_file import plotly_file
from challenges.catalogue.charts.choices import Aggregate, Choices, Kind, choices_from, choices_of
from challenges.catalogue.charts.figure import figure_of, is_map
from challenges.catalogue.charts.maps import coast_in_degrees
from challenges.catalogue.documents import address_of, citation
from challenges.catalogue.models import Dataset, Resource
from challenges.catalogue.wording import chart_twin, chart_words
from hackaviz.kernel.errors import DomainError, NotFound
from hackaviz.web.language import current_language
from hackaviz.web.storage import current_storage

# A column of so few different values makes bars at first sight.
FEW_VALUES = 60
# Grey that is seen by day and at night.
COAST_LINE = {"width": 1, "color": "#7893a0"}


@dataclass(frozen=True)
class Asked:
    """A file and what is to be drawn of it."""

    dataset: Dataset
    files: list[Resource]
    resource: Resource
    choices: Choices

    @property
    def address(self) -> dict[str, Any]:
        """What the address of the chart says."""
        return {"slug": self.dataset.slug, "file": self.resource.id, **self.choices.as_dict()}


def asked_chart(dataset: Dataset, arguments: Mapping[str, str]) -> Asked:
    """What an address asks for; where it names no column, the chart that fits the file. Raises NotFound."""
    files = chartable(dataset)
    if not files:
        raise NotFound(_("No file of this dataset can be charted here: none of its tables is kept on this site."))
    resource = next((file for file in files if str(file.id) == arguments.get("file")), files[0])
    choices = choices_from(arguments)
    return Asked(dataset, files, resource, choices if choices.x or "kind" in arguments else first_choices(resource))


def chartable(dataset: Dataset) -> list[Resource]:
    """The files of a dataset that are here and have columns to draw."""
    return [file for file in dataset.resources if file.is_here and file.columns and (file.inspection or {}).get("rows")]


def first_choices(resource: Resource) -> Choices:
    """The suggested chart of a file, else bars of its first column with few values, else a histogram."""
    suggested = choices_of(resource.chart or {})
    if suggested and not suggested.faults(resource.columns):
        return suggested
    for column in resource.columns:
        if column["type"] in {"string", "boolean"} and 1 < (column["distinct"] or 0) <= FEW_VALUES:
            return Choices(kind=Kind.BARS, x=column["name"], aggregate=Aggregate.COUNT)
    measured = [column["name"] for column in resource.columns if column["min"] is not None]
    return Choices(kind=Kind.HISTOGRAM, x=measured[0]) if measured else Choices()


def chart_page(asked: Asked) -> dict[str, Any]:
    """What the template draws."""
    form = ChartForm(asked.files, asked.resource, asked.choices, current_language())
    page = {
        "dataset": asked.dataset,
        "form": form,
        "series": None,
        "problem": None,
        "citation": citation(asked.dataset),
    }
    faults = asked.choices.faults(asked.resource.columns)
    if faults:
        form.show(faults)
        return page
    try:
        series = built(asked)
    except DomainError as error:
        return page | {"problem": error}
    if "fault" in series:
        return page | {"problem": wording.FAULT_WORDS[series["fault"]]}
    return page | _drawn(asked, series)


def built(asked: Asked) -> dict[str, Any]:
    """The figures of the chart, or `{"fault"}`. Raises ChartTooHeavy or ChartsBusy."""
    charts: BuiltCharts = current_app.extensions["hackaviz.built_charts"]
    return charts.series(current_storage(), asked.resource, asked.choices)


def _drawn(asked: Asked, series: dict[str, Any]) -> dict[str, Any]:
    words = chart_words()
    return {
        "series": series,
        "figure": _with_coasts(figure_of(series, words), asked.resource, series),
        "twin": chart_twin(series),
        "bars": _bars(series),
        "title": wording.title(series),
        "subtitle": wording.subtitle(series, asked.choices, asked.resource),
        "link": f"{current_app.config['BASE_URL']}{url_for('catalogue.builder', **asked.address)}",
        "plotly_url": url_for("catalogue.built_chart", **asked.address),
    }


def _bars(series: dict[str, Any]) -> list[tuple[str, str, float, bool]]:
    """The bars for readers without scripts: label, amount, share of the longest; none where they have parts."""
    amounts = series["groups"][0]["y"]
    if series["kind"] != "ranked" or series["colour"] or min(amounts) < 0 or not max(amounts):
        return []
    rows = zip(chart_twin(series).rows, amounts, strict=False)
    return [(label, text, amount / max(amounts), False) for (label, text), amount in rows]


def _with_coasts(figure: dict[str, Any], resource: Resource, series: dict[str, Any]) -> dict[str, Any]:
    """A chart of places over the coasts around them."""
    drawn = (resource.inspection or {}).get("map") or {}
    if is_map(series) and drawn.get("land"):
        coast = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "showlegend": False, "line": COAST_LINE}
        # Last, so that it takes no colour from the data, and beneath them.
        figure["data"].append(coast | {"zorder": -1} | coast_in_degrees(drawn))
    return figure


def chart_file(asked: Asked) -> dict[str, Any]:
    """The chart as a Plotly file. Raises NotFound where the choices make none."""
    series = {"fault": None} if asked.choices.faults(asked.resource.columns) else built(asked)
    if "fault" in series:
        raise NotFound(_("These choices make no chart. Its page says why."))
    cited = citation(asked.dataset)
    page = address_of(asked.dataset)
    source = _("Source: %(citation)s", citation=cited if page in cited else f"{cited} {page}")
    language = current_language()
    figure = plotly_file(series, chart_words(), title=wording.title(series), source=source, language=language)
    return _with_coasts(figure, asked.resource, series)
