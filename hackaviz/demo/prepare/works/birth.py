"""HTML: the carbon dioxide gained since a year that the reader chooses."""

from hackaviz.demo.prepare import tables
from hackaviz.demo.prepare.works import router


def draw() -> None:
    """Write works/votre-annee/votre-annee.html."""
    carbon = [[row["month"], float(row["co2_ppm"])] for row in tables.read_csv("mauna-loa-co2.csv") if row["co2_ppm"]]
    heat = [[int(row["year"]), float(row["anomaly_celsius"])] for row in tables.read_csv("global-temperature.csv")]
    router.fill("votre-annee", {"carbon": carbon, "heat": heat})
