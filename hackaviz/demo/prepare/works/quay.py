"""HTML: a page that a team has not finished: its picture was left out, and the check report says so."""

from html import escape

from hackaviz.demo.prepare import tables

SLUG, SHOWN = "d-ou-vient-l-escale", 10
ROW, LEFT, LONGEST = 46, 190, 520
OURS, OTHERS = "#d75c68", "#33869d"
HEAD = """<!doctype html>
<html lang="fr">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>D’où vient l’escale ?</title>
<style>
body { margin: 0 auto; max-width: 52rem; padding: 1.5rem; font: 1.1rem/1.5 system-ui, sans-serif; color: #0e2733; background: #fff }
h1 { font-size: 1.9rem; line-height: 1.15; margin: 0 0 .5rem }
svg { width: 100%; height: auto; display: block; margin: 1rem 0 }
p.source { color: #455d68; font-size: .9rem }
img { max-width: 100% }
</style>
"""


def draw() -> None:
    """Write draft/d-ou-vient-l-escale.html."""
    rows = [row for row in tables.read_csv("world-ports.csv") if row["sea"] == "mediterranean"]
    first = sorted(rows, key=lambda row: -int(row["linked_countries"]))[:SHOWN]
    (tables.DEMO / "draft" / f"{SLUG}.html").write_text(page(first), encoding="utf-8")


def page(rows: list[dict[str, str]]) -> str:
    """The finding, the bars, and a picture that nobody sent."""
    counts = {row["name"]: int(row["linked_countries"]) for row in rows}
    most, ours = next(iter(counts)), counts["Fos Sur Mer"]
    bars = "".join(bar(place, name, count, max(counts.values())) for place, (name, count) in enumerate(counts.items()))
    height = SHOWN * ROW
    return f"""{HEAD}<h1>À Fos, l’escale relie {ours} pays ; à {most}, {counts[most]}</h1>
<p>Pays reliés par au moins une ligne, dix premiers ports de la Méditerranée.</p>
<svg viewBox="0 0 760 {height}" role="img" aria-label="Dix barres, de {most} à {escape(rows[-1]["name"])}">{bars}</svg>
<img src="quai-de-fos.jpg" alt="Le quai de Fos un matin">
<p class="source">Données : searoute 1.6.0 (Apache-2.0). La source ne dit pas de quelle année sont les liens.</p>
</html>
"""


def bar(place: int, name: str, count: int, most: int) -> str:
    """One port."""
    top, width = place * ROW, round(count / most * LONGEST)
    colour = OURS if name == "Fos Sur Mer" else OTHERS
    words = f'<text x="{LEFT - 12}" y="{top + 28}" text-anchor="end" font-size="19">{escape(name)}</text>'
    value = f'<text x="{LEFT + width + 10}" y="{top + 28}" font-size="19" font-weight="700">{count}</text>'
    return f'{words}<rect x="{LEFT}" y="{top + 5}" width="{width}" height="{ROW - 12}" fill="{colour}"/>{value}'
