"""PDF: which Mediterranean port is linked to which country, as a matrix of vectors on one landscape sheet."""

from collections import defaultdict

from hackaviz.demo.prepare import render, svg, tables

WIDTH, HEIGHT = 1684, 1191  # A2 landscape at 72 dots an inch
SHOWN, LEFT, TOP, ROW = 26, 250, 306, 28.6
INK, DOT, OURS = "#14252e", "#2d6f8a", "#c2410c"
REGIONS = {"EU": "Europe", "AF": "Afrique", "AS": "Asie", "NA": "Amériques", "SA": "Amériques", "OC": "Océanie"}
ORDER = ("Europe", "Afrique", "Asie", "Amériques", "Océanie")
PORT_NAMES = {
    "Valencia": "Valence",
    "Algeciras": "Algésiras",
    "Genova": "Gênes",
    "Piraeus": "Le Pirée",
    "Fos Sur Mer": "Fos-sur-Mer",
    "Port Said": "Port-Saïd",
    "Damietta": "Damiette",
    "Haifa": "Haïfa",
    "Livorno": "Livourne",
    "Barcelona": "Barcelone",
    "Alexandria": "Alexandrie",
    "Izmir": "Izmir",
    "Napoli": "Naples",
    "Salerno": "Salerne",
    "Beirut": "Beyrouth",
    "Malta": "La Valette",
    "Venezia": "Venise",
    "Ravenna": "Ravenne",
    "Castellon": "Castellón",
}
SHORT = {
    "États-Unis": "États-Unis",
    "R.A.S. chinoise de Hong Kong": "Hong Kong",
    "Émirats arabes unis": "Émirats",
    "Arabie saoudite": "Arabie s.",
    "République dominicaine": "Rép. domin.",
    "Trinité-et-Tobago": "Trinité-et-T.",
    "Afrique du Sud": "Afrique du Sud",
}
STYLE = """body { background: #fff }
text { font-family: Archivo; fill: #14252e }
.title { font: 640 60px Fraunces; letter-spacing: -.8px }
.sub { font-size: 20px; fill: #4a5a62 }
.port { font-size: 16.5px }
.ours { font-weight: 750 }
.country { font-size: 12.5px }
.count { font-size: 16px; font-weight: 700 }
.region { font-size: 15px; font-weight: 700 }
.note { font-size: 13.5px; fill: #4a5a62 }"""


def draw() -> None:
    """Rank the ports by linked countries, the countries by ports, write works/portee-des-ports/portee-des-ports.pdf."""
    links: dict[str, set[str]] = defaultdict(set)
    names, french = {}, {}
    for row in tables.read_csv("port-links.csv"):
        if row["sea"] == "mediterranean":
            links[row["unlocode"]].add(row["linked_country_code"])
            names[row["unlocode"]] = row["port"]
            french[row["linked_country_code"]] = row["linked_country_fr"]
    ranked = sorted(links, key=lambda code: (-len(links[code]), names[code]))
    rows = ranked[:SHOWN] + [code for code in ("FRMRS",) if code not in ranked[:SHOWN]]
    columns = order_countries(rows, links)
    parts = [
        heading(links),
        *column_heads(columns, rows, links, french),
        *(
            line
            for index, code in enumerate(rows)
            for line in port_row(index, code, names=names, links=links, columns=columns, ranked=ranked)
        ),
    ]
    render.write_pdf(
        render.page("".join(parts), WIDTH, HEIGHT, STYLE), WIDTH, HEIGHT, "portee-des-ports/portee-des-ports.pdf"
    )


def order_countries(rows: list[str], links: dict[str, set[str]]) -> list[tuple[str, str]]:
    """Countries linked to at least two of the ports, by region, the most common first."""
    continents = {row["iso2"]: REGIONS.get(row["continent"], "") for row in tables.read_csv("countries.csv")}
    counts: dict[str, int] = defaultdict(int)
    for code in rows:
        for country in links[code]:
            counts[country] += 1
    kept = [country for country in counts if counts[country] >= 2 and continents.get(country)]
    kept.sort(key=lambda country: (ORDER.index(continents[country]), -counts[country], country))
    return [(country, continents[country]) for country in kept]


def across(columns: list[tuple[str, str]], index: int) -> float:
    """Pixels of a column; regions stand a little apart."""
    gaps = sum(columns[at][1] != columns[at - 1][1] for at in range(1, index + 1))
    step = (WIDTH - LEFT - 124 - 4 * 12) / len(columns)
    return LEFT + 20 + step * index + 12 * gaps


def column_heads(
    columns: list[tuple[str, str]], rows: list[str], links: dict[str, set[str]], french: dict[str, str]
) -> list[str]:
    """Slanted country names and, at the foot, how many of the ports reach each."""
    drawn, foot = [], TOP + ROW * len(rows) + 12
    for index, (country, region) in enumerate(columns):
        x = across(columns, index)
        name = SHORT.get(french[country], french[country])
        drawn.append(svg.text(0, 0, name, class_="country", transform=f"translate({x + 4:.1f} {TOP - 20}) rotate(-62)"))
        drawn.append(
            svg.text(x, foot, str(sum(country in links[code] for code in rows)), class_="country", text_anchor="middle")
        )
        if index == 0 or columns[index - 1][1] != region:
            drawn.append(svg.text(x - 6, foot + 30, region, class_="region"))
    return [*drawn, svg.text(LEFT - 8, foot, "ports reliés", class_="country", text_anchor="end")]


def port_row(
    index: int,
    code: str,
    *,
    names: dict[str, str],
    links: dict[str, set[str]],
    columns: list[tuple[str, str]],
    ranked: list[str],
) -> list[str]:
    """A port: rank, name, a dot for each country, the total."""
    y = TOP + ROW * index
    ours = code in {"FRFOS", "FRMRS"}
    colour = OURS if ours else DOT
    drawn = [svg.line((LEFT - 2, y), (WIDTH - 96, y), stroke="#e3e9eb", stroke_width=1)]
    label = PORT_NAMES.get(names[code], names[code])
    drawn.append(
        svg.text(
            LEFT - 14,
            y + 6,
            f'<tspan fill="#7b8990">{ranked.index(code) + 1}</tspan>  {label}',
            class_="port ours" if ours else "port",
            text_anchor="end",
            style=f"fill:{colour}" if ours else "",
        )
    )
    for at, (country, _) in enumerate(columns):
        if country in links[code]:
            x = across(columns, at)
            drawn.append(
                svg.element("rect", x=round(x - 6.5, 1), y=y - 6.5, width=13, height=13, fill=colour)
                if ours
                else svg.element("circle", cx=round(x, 1), cy=y, r=6.5, fill=colour)
            )
    drawn.append(
        svg.text(
            WIDTH - 44,
            y + 6,
            str(len(links[code])),
            class_="count",
            text_anchor="end",
            style=f"fill:{colour if ours else INK}",
        )
    )
    return drawn


def heading(links: dict[str, set[str]]) -> str:
    """Title, subtitle and source."""
    together = links["FRFOS"] | links["FRMRS"]
    return "".join(
        [
            svg.text(56, 92, f"Fos regarde loin, Marseille en face : à deux, {len(together)} pays", class_="title"),
            svg.text(
                58,
                134,
                f"Pays reliés à chaque port de Méditerranée. Valence en a {len(links['ESVLC'])} ; Fos "
                f"{len(links['FRFOS'])}, Marseille {len(links['FRMRS'])}, dont {len(links['FRFOS'] & links['FRMRS'])} "
                "en commun.",
                class_="sub",
            ),
            svg.text(WIDTH - 44, TOP - 14, "total", class_="country", text_anchor="end"),
            svg.text(
                58,
                HEIGHT - 40,
                "Pays reliés à deux ports au moins de la liste ; le total compte tous les pays. La "
                "source ne dit ni l’année ni ce qui fait un lien : une liste, pas une mesure du "
                "trafic. Données : searoute 1.6.0 (Apache-2.0), GeoNames (CC BY 4.0).",
                class_="note",
            ),
        ]
    )
