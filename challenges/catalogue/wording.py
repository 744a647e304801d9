"""What the catalogue's pages say, in the page's language."""

from collections.abc import Mapping
from datetime import datetime

from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from challenges.catalogue.charts.figure import Words
from challenges.catalogue.licence_wording import CONDITION_WORDS
from challenges.catalogue.models import Availability, Dataset, Resource
from challenges.catalogue.rules import format_name, licence_of, summary, theme_name
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.language import current_language
from hackaviz.web.templating import local_date

Check = tuple[str, str, str | None]

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
    return ngettext("%(count)s dataset", "%(count)s datasets", count, count=_number(count))


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


def usable_checks(dataset: Dataset) -> list[Check]:
    """Answers to “Can I use this?”: where the data is, what the licence asks, which time it covers."""
    return [_where(dataset), _licence(dataset), _period(dataset)]


def _where(dataset: Dataset) -> Check:
    if dataset.availability is Availability.HERE:
        return "ok", _("The data is here."), _("A copy that does not change while you work: download it on this page.")
    if dataset.availability is Availability.REACHABLE:
        return "ok", _("The data is at its publisher’s."), _seen(dataset)
    return "warn", _("The data is only described here."), _seen(dataset) or _("Nobody of us has checked the link.")


def _seen(dataset: Dataset) -> str:
    if dataset.link_seen_on is None:
        return dataset.seen_in[:1].upper() + dataset.seen_in[1:]
    day = local_date(dataset.link_seen_on)
    if not dataset.seen_in:
        return _("Link seen on %(day)s.", day=day)
    return _("Link seen on %(day)s. Source of this: %(source)s.", day=day, source=dataset.seen_in)


def _licence(dataset: Dataset) -> Check:
    licence = licence_of(dataset.licence)
    state, answer, condition = CONDITION_WORDS[licence.condition]
    name = licence.name.in_language(current_language())
    if not licence.is_known:
        return state, str(answer), str(condition)
    return state, str(answer), _("%(licence)s: %(condition)s", licence=name, condition=_lowered(str(condition)))


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _period(dataset: Dataset) -> Check:
    if not dataset.period:
        return "info", _("Period not stated."), None
    first, dash, last = dataset.period.partition("–")
    if dash and not last:
        return "ok", _("Since %(start)s, still going on.", start=first), None
    if dash and not first:
        return "ok", _("Until %(end)s.", end=last), None
    return "ok", _("Period: %(period)s.", period=dataset.period), None


def value_range(column: Mapping[str, object]) -> str:
    """The values of a column in a few words."""
    if column["min"] is not None:
        return _("%(low)s to %(high)s", low=_shown(column["min"]), high=_shown(column["max"]))
    distinct = column["distinct"]
    if not isinstance(distinct, int):
        return _("very many different values")
    if not distinct:
        return ""
    return ngettext("%(count)s different value", "%(count)s different values", distinct, count=_number(distinct))


def _shown(value: object) -> str:
    if isinstance(value, str) and value[4:5] == "-" and value[10:11] in {"", "T"}:
        day = local_date(datetime.fromisoformat(value[:10]).date())
        clock = value[11:16]
        return day if clock in {"", "00:00"} else f"{day}, {clock}"
    return _number(value) if isinstance(value, int | float) else str(value)


def _number(value: float) -> str:
    return format_decimal(value, "#,##0.######", locale="fr_FR" if current_language() == "fr" else "en_GB")


def table_size(resource: Resource) -> str:
    """How many rows and columns a file has."""
    rows, columns = (resource.inspection or {}).get("rows") or 0, len(resource.columns)
    return ", ".join(
        [
            ngettext("%(count)s row", "%(count)s rows", rows, count=_number(rows)),
            ngettext("%(count)s column", "%(count)s columns", columns, count=_number(columns)),
        ]
    )


def chart_words() -> Words:
    """The words of a chart."""
    return Words(
        count=_("number of rows"),
        other=_("others"),
        no_value=_("no value"),
        five_numbers=(_("least"), _("lower quartile"), _("median"), _("upper quartile"), _("greatest")),
    )


def chart_subtitle(resource: Resource) -> str:
    """What the chart shows, of how much, from which file."""
    series = resource.series or {}
    shown, total, kind = series.get("shown", 0), series.get("total", 0), series.get("kind")
    groups, groups_total = len(series.get("groups", [])), series.get("groups_total", 0)
    source = _("Computed from %(file)s.", file=resource.file_name)
    if kind in {"ranked", "line"} and groups_total > (highest := shown if kind == "ranked" else groups):
        part = _("The %(shown)s highest of %(total)s.", shown=_number(highest), total=_number(groups_total))
    elif kind == "scatter" and shown < total:
        part = _("%(shown)s of %(total)s points.", shown=_number(shown), total=_number(total))
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
    percent = _("%(share)s %%", share=f"{share:.0f}" if share >= 1 else "<1")
    return f"{_number(missing)} ({percent})"


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
