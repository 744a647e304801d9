"""What the catalogue's pages say, in the page's language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from challenges.catalogue.charts.figure import Twin, Words, twin_of
from challenges.catalogue.models import Availability, Dataset, Resource
from challenges.catalogue.rules import format_name, licence_of, summary, theme_name
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.language import current_language
from hackaviz.web.templating import local_date

AVAILABILITY_WORDS = {
    Availability.HERE: _l("Data here"),
    Availability.REACHABLE: _l("Reachable"),
    Availability.DESCRIBED: _l("Described only"),
}
TYPE_WORDS = {
    "integer": _l("whole number"),
    "number": _l("decimal number"),
    "boolean": _l("yes or no"),
    "date": _l("date"),
    "datetime": _l("date and time"),
    "string": _l("text"),
    "geometry": _l("geometry"),
}
FACET_WORDS = {
    "availability": _l("Usable"),
    "featured": _l("Selection"),
    "offers": _l("To look at"),
    "fresh": _l("Brought up to date"),
    "theme": _l("Theme"),
    "format": _l("Format"),
    "licence": _l("Licence"),
    "publisher": _l("Publisher"),
}

VALUE_WORDS = {
    ("featured", "yes"): _l("Recommended by the organisers"),
    ("offers", "map"): _l("Geographic data"),
    ("offers", "preview"): _l("Preview of the data"),
    ("fresh", "month"): _l("In the last month"),
    ("fresh", "year"): _l("In the last year"),
    ("fresh", "older"): _l("Longer ago"),
    ("fresh", "unstated"): _l("Not stated"),
}


def dataset_number(count: int) -> str:
    """So many datasets."""
    return ngettext("%(count)s dataset", "%(count)s datasets", count, count=number(count))


def usable_words(dataset: Dataset) -> str:
    """In a word or two, how the data can be had."""
    return str(AVAILABILITY_WORDS[dataset.availability])


def format_names(dataset: Dataset) -> str:
    """The formats of a dataset as people write them."""
    return ", ".join(format_name(code) for code in dataset.formats)


def dataset_summary(dataset: Dataset) -> Bilingual:
    """The first sentences of its description."""
    return Bilingual(fr=summary(dataset.description.fr), en=summary(dataset.description.en))


def dataset_rest(dataset: Dataset) -> Bilingual:
    """What the description says after its summary; nothing where a sentence had to be cut."""

    def rest(text: str) -> str:
        first = summary(text)
        return text.strip().removeprefix(first).strip() if text.strip().startswith(first) else text.strip()

    return Bilingual(fr=rest(dataset.description.fr), en=rest(dataset.description.en))


def value_range(column: Mapping[str, object]) -> str:
    """The values of a column in a few words."""
    if column["min"] is not None:
        return _("%(low)s to %(high)s", low=shown(column["min"]), high=shown(column["max"]))
    distinct = column["distinct"]
    if not isinstance(distinct, int):
        return _("very many different values")
    if not distinct:
        return ""
    return ngettext("%(count)s different value", "%(count)s different values", distinct, count=number(distinct))


def shown(value: object) -> str:
    """A number, or an ISO day or moment, as the page's language writes it."""
    if isinstance(value, str) and value[4:5] == "-" and value[10:11] in {"", "T"}:
        day = local_date(datetime.fromisoformat(value[:10]).date())
        clock = value[11:16]
        return day if clock in {"", "00:00"} else f"{day}, {clock}"
    return number(value) if isinstance(value, int | float) else str(value)


def number(value: float) -> str:
    """A number as the page's language writes it."""
    return format_decimal(value, "#,##0.######", locale="fr_FR" if current_language() == "fr" else "en_GB")


def table_size(resource: Resource) -> str:
    """How many rows and columns a file has."""
    rows, columns = (resource.inspection or {}).get("rows") or 0, len(resource.columns)
    return ", ".join(
        [
            ngettext("%(count)s row", "%(count)s rows", rows, count=number(rows)),
            ngettext("%(count)s column", "%(count)s columns", columns, count=number(columns)),
        ]
    )


def chart_words() -> Words:
    """The words of a chart."""
    return Words(
        count=_("number of rows"),
        other=_("others"),
        no_value=_("no value"),
        five_numbers=(_("least"), _("lower quartile"), _("median"), _("upper quartile"), _("greatest")),
        aggregates={
            "sum": _("sum of %(column)s"),
            "mean": _("mean of %(column)s"),
            "median": _("median of %(column)s"),
            "min": _("least %(column)s"),
            "max": _("greatest %(column)s"),
        },
    )


def chart_twin(series: Mapping[str, Any]) -> Twin:
    """The table twin of a chart, its measures as the page's language writes numbers."""
    twin = twin_of(dict(series), chart_words())
    measured = [kind == "num" for _label, kind in twin.columns]
    rows = [
        [number(value) if is_measured else value for value, is_measured in zip(row, measured, strict=True)]
        for row in twin.rows
    ]
    return Twin(twin.columns, rows, twin.total)


def chart_subtitle(resource: Resource) -> str:
    """What the chart shows, of how much, from which file."""
    series = resource.series or {}
    shown, total, kind = series.get("shown", 0), series.get("total", 0), series.get("kind")
    groups, groups_total = len(series.get("groups", [])), series.get("groups_total", 0)
    source = _("Computed from %(file)s.", file=resource.file_name)
    if kind in {"ranked", "line"} and groups_total > (highest := shown if kind == "ranked" else groups):
        part = _("The %(shown)s highest of %(total)s.", shown=number(highest), total=number(groups_total))
    elif kind == "scatter" and shown < total:
        part = _("%(shown)s of %(total)s points.", shown=number(shown), total=number(total))
    else:
        return source
    scale = _("Logarithmic scale, without zeros.") if series.get("logarithmic") else ""
    return " ".join(text for text in (part, scale, source) if text)


def facet_label(facet: str, value: str, names: Mapping[str, str]) -> str:
    """A value of a facet in words; `names` holds those of publishers and other rooms."""
    language = current_language()
    if facet == "availability":
        return str(AVAILABILITY_WORDS[Availability(value)]) if value in set(Availability) else value
    if (facet, value) in VALUE_WORDS:
        return str(VALUE_WORDS[facet, value])
    if facet == "theme":
        return theme_name(value).in_language(language)
    if facet == "licence":
        return licence_of(value).name.in_language(language)
    return format_name(value) if facet == "format" else names.get(value, value)


def chart_title(resource: Resource) -> Bilingual:
    """The title that was suggested with the chart, else what it draws."""
    title = (resource.chart or {}).get("title") or {}
    given = Bilingual(fr=title.get("fr", ""), en=title.get("en", ""))
    return given or Bilingual(fr=chart_axes(resource), en=chart_axes(resource))


def chart_axes(resource: Resource) -> str:
    """What the chart draws: its columns."""
    series = resource.series or {}
    x, y = series.get("x"), series.get("y") or _("number of rows")
    if series.get("colour"):
        return _("%(y)s by %(x)s, coloured by %(colour)s", y=y, x=x, colour=series["colour"])
    return _("%(y)s by %(x)s", y=y, x=x)


def missing_share(column: Mapping[str, int], rows: int | None) -> str:
    """How many cells of a column are empty: a share of all rows, in words where it is none or all."""
    missing = column["missing"]
    if not missing:
        return _("none")
    share = 100 * missing / rows if rows else 0
    percent = _("%(share)s%%", share=f"{share:.0f}" if share >= 1 else "<1")
    return f"{number(missing)} ({percent})"


def preview_columns(resource: Resource) -> list[tuple[str, str]]:
    """The header of the first rows: numbers stand at the right."""
    return [(column["name"], _side(column)) for column in resource.columns]


def _side(column: Mapping[str, object]) -> str:
    return "num" if column["type"] in {"integer", "number"} else ""


def preview_cells(resource: Resource, row: list[str | None]) -> list[tuple[dict[str, object], str]]:
    """Each cell of a row with its column; long texts are cut."""
    return [
        (column, _cut(value) if value is not None else "") for column, value in zip(resource.columns, row, strict=True)
    ]


def _cut(text: str, most: int = 80) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
