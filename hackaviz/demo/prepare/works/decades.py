"""Plotly JSON: what each decade added to the carbon dioxide of the air, all starting from zero."""

import zipfile
from pathlib import Path

from hackaviz.demo.prepare import render, tables
from hackaviz.demo.prepare.works import plots

SLUG = "chaque-decennie"
FIRST_YEAR, LAST_YEAR, MONTHS = 1960, 2010, 120
QUIET = ("#93c5d1", "#5fa7b9", "#33869d", "#ad871c", "#0d627c", "#d75c68")
SLOWER = 1990


def draw() -> None:
    """Write works/chaque-decennie/chaque-decennie.plotly.json, and what it is made with."""
    plots.write(SLUG, decades())
    with zipfile.ZipFile(render.target(f"{SLUG}/sources.zip"), "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in (Path(__file__), Path(plots.__file__), tables.FILES / "mauna-loa-co2.csv"):
            entry = zipfile.ZipInfo(path.name, render.THE_SAME_DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())


def decades() -> plots.Figure:
    """Six lines of ten years; the one that is not faster than the one before is told from the others."""
    level = {row["month"]: float(row["co2_ppm_season_removed"]) for row in tables.read_csv("mauna-loa-co2.csv")}
    added = {year: _added(level, year) for year in range(FIRST_YEAR, LAST_YEAR + 1, 10)}
    first, last = (round(added[year][10]) for year in (FIRST_YEAR, LAST_YEAR))
    return {
        "data": [_line(year, values, colour) for (year, values), colour in zip(added.items(), QUIET, strict=True)],
        "layout": _layout(added, f"En dix ans, {last} ppm de CO₂ de plus :<br>dans les années 1960, c’était {first}"),
    }


def _added(level: dict[str, float], year: int) -> dict[float, float]:
    """Years since January of `year` → what they added, in ppm; a month that was not measured is left out."""
    names = {month: f"{year + month // 12}-{month % 12 + 1:02d}" for month in range(MONTHS + 1)}
    start = level[names[0]]
    return {round(month / 12, 2): round(level[name] - start, 2) for month, name in names.items() if name in level}


def _line(year: int, values: dict[float, float], colour: str) -> plots.Figure:
    is_apart = year in (SLOWER, LAST_YEAR)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": f"{year}",
        "x": list(values),
        "y": list(values.values()),
        "line": {"color": colour, "width": 4 if is_apart else 2, "dash": "dash" if year == SLOWER else "solid"},
        "hovertemplate": f"<b>Années {year}</b><br>%{{y:.1f}} ppm de plus<br>après %{{x:.1f}} ans<extra></extra>",
        "showlegend": False,
    }


def _layout(added: dict[int, dict[float, float]], title: str) -> plots.Figure:
    notes = [_end(year, values[10], colour) for (year, values), colour in zip(added.items(), QUIET, strict=True)]
    layout = plots.layout(
        title=title,
        told="CO₂ ajouté depuis le premier mois de chaque décennie,<br>en ppm. En tirets, la seule qui n’accélère pas",
        across={"title": {"text": "années écoulées"}, "range": [0, 13], "tickvals": [0, 2, 4, 6, 8, 10]},
        upward={"title": {"text": "ppm de plus"}, "rangemode": "tozero"},
        notes=notes,
        source="Données : Scripps CO₂ Program (CC BY 4.0),<br>Mauna Loa, mois sans les saisons, 1960 à 2020.",
    )
    layout["margin"] |= {"t": 150}
    return layout


def _end(year: int, value: float, colour: str) -> plots.Figure:
    """The name of a decade at the end of its line, out of the way of the next one where two lie close."""
    words = {"text": f"<b>années {year}</b>", "showarrow": False, "xanchor": "left", "xshift": 6}
    return {**words, "x": 10, "y": value, "font": {"size": 13, "color": colour if year != FIRST_YEAR else "#455d68"}}
