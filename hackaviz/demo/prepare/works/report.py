"""HTML: a report as publishing systems for notebooks export it: contents at the side, code folded, one file for all."""

from html import escape

from hackaviz.demo.prepare import render, svg, tables
from hackaviz.demo.prepare.works.router import PAGES, font_face

SLUG = "carnet-du-thermometre"
# Five blues below the reference, from the coldest; five reds from it on.
STRIPES = ("#08306b", "#2166ac", "#4393c3", "#92c5de", "#d1e5f0", "#fddbc7", "#f4a582", "#d6604d", "#b2182b", "#67001f")
COLD, WARM = -0.5, 1.25
CHART = {"width": 760, "height": 330, "left": 46, "right": 12, "top": 14, "bottom": 34}


def draw() -> None:
    """Write works/carnet-du-thermometre/carnet-du-thermometre.html."""
    years = [(int(row["year"]), float(row["anomaly_celsius"])) for row in tables.read_csv("global-temperature.csv")]
    parts = {"FONT": font_face(), "STRIPES": stripes(years), "CURVE": curve(years), "TABLE": decades(years)} | facts(
        years
    )
    source = (PAGES / f"{SLUG}.html").read_text(encoding="utf-8")
    for name, content in parts.items():
        source = source.replace(f"[[{name}]]", content)
    render.target(f"{SLUG}/{SLUG}.html").write_text(source, encoding="utf-8")


def facts(years: list[tuple[int, float]]) -> dict[str, str]:
    """Every figure of the text, from the table."""
    warmest = max(years, key=lambda year: year[1])
    coldest = min(years, key=lambda year: year[1])
    last = mean(years[-10:]) - mean(years[:10])
    below = max(year for year, anomaly in years if anomaly < 0)
    return {
        "FIRST": str(years[0][0]),
        "LAST": str(years[-1][0]),
        "WARMEST": str(warmest[0]),
        "WARMEST_ANOMALY": signed(warmest[1]),
        "COLDEST": str(coldest[0]),
        "COLDEST_ANOMALY": signed(coldest[1]),
        "RISE": svg.decimal(last, 2),
        "BELOW": str(below),
        "YEARS": str(len(years)),
    }


def mean(years: list[tuple[int, float]]) -> float:
    """The mean anomaly of some years."""
    return sum(anomaly for _year, anomaly in years) / len(years)


def signed(anomaly: float) -> str:
    """A difference with its sign."""
    return ("+" if anomaly >= 0 else "−") + svg.decimal(abs(anomaly), 2)


def colour(anomaly: float) -> str:
    """The colour of an anomaly: its side of the reference, and how far."""
    half = len(STRIPES) // 2
    place = half * (1 - anomaly / COLD) if anomaly < 0 else half * (1 + anomaly / WARM)
    return STRIPES[min(max(int(place), 0), len(STRIPES) - 1)]


def stripes(years: list[tuple[int, float]]) -> str:
    """One stripe a year."""
    drawn = "".join(
        svg.element(
            "rect",
            svg.element("title", f"{year} : {signed(anomaly)} °C"),
            x=place,
            width=1.02,
            height=30,
            fill=colour(anomaly),
        )
        for place, (year, anomaly) in enumerate(years)
    )
    label = f"Une bande par année de {years[0][0]} à {years[-1][0]}, du bleu au rouge"
    return svg.element(
        "svg",
        drawn,
        viewBox=f"0 0 {len(years)} 30",
        preserveAspectRatio="none",
        class_="stripes",
        role="img",
        aria_label=label,
    )


def curve(years: list[tuple[int, float]]) -> str:
    """Points of years, and the mean of eleven years around each."""
    box = CHART
    inner = box["width"] - box["left"] - box["right"], box["height"] - box["top"] - box["bottom"]

    def place(year: float, anomaly: float) -> svg.Point:
        x = box["left"] + inner[0] * (year - years[0][0]) / (years[-1][0] - years[0][0])
        return round(x, 1), round(box["top"] + inner[1] * (WARM - anomaly) / (WARM - COLD), 1)

    smooth = [(years[middle][0], mean(years[middle - 5 : middle + 6])) for middle in range(5, len(years) - 5)]
    path = "M" + "L".join(f"{x} {y}" for x, y in (place(*each) for each in smooth))
    levels = "".join(
        svg.line(place(years[0][0], level), place(years[-1][0], level), stroke="#22333d" if level == 0 else "#e1e7ea")
        + svg.text(
            box["left"] - 8, place(years[0][0], level)[1] + 4, signed(level) if level else "0", text_anchor="end"
        )
        for level in (-0.5, 0.0, 0.5, 1.0)
    )
    ticks = "".join(
        svg.text(place(year, 0)[0], box["height"] - 8, str(year), text_anchor="middle")
        for year in range(1880, years[-1][0] + 1, 20)
    )
    dots = "".join(
        svg.element(
            "circle",
            cx=place(*each)[0],
            cy=place(*each)[1],
            r=3,
            fill=colour(each[1]),
            stroke="#22333d",
            stroke_width=0.4,
        )
        for each in years
    )
    line = svg.element("path", d=path, fill="none", stroke="#22333d", stroke_width=2.4, stroke_linejoin="round")
    size = f"0 0 {box['width']} {box['height']}"
    label = "Écart de température de chaque année, et moyenne sur onze ans"
    return svg.element("svg", levels + ticks + dots + line, viewBox=size, class_="curve", role="img", aria_label=label)


def decades(years: list[tuple[int, float]]) -> str:
    """A table of whole decades."""
    rows = []
    for start in range(1880, 2010, 10):
        kept = [each for each in years if start <= each[0] < start + 10]
        chip = f'<span class="chip" style="background:{colour(mean(kept))}"></span>'
        rows.append(f"<tr><th scope=row>{start}–{start + 9}<td>{chip}{escape(signed(mean(kept)))}<td>{len(kept)}")
    return "".join(rows)
