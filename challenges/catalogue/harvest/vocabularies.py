"""Themes, frequencies and file formats as our catalogue names them, from the words of others."""

import re
from collections.abc import Iterable
from functools import lru_cache

from challenges.catalogue.rules import OTHER_THEME, THEMES
from hackaviz.kernel.identifiers import fold

# Beginnings of words. The first theme that a stated theme names wins; keywords are asked after all themes.
_THEME_WORDS = {
    "ports": "port ports portuaire navigation navire shipping vessel harbour harbor",
    "sea": "mer marin maritime littoral ocean coast sea marine plage peche fisher",
    "logistics": "logisti fret freight commerce trade marchandise cargo entrepot warehouse douane customs",
    "energy": "energ climat electri petrol hydrogene",
    "air": "environ air pollution biodivers dechet waste ecolog nature eau water meteo proprete envi",
    "mobility": "mobilit transport deplacement traffic trafic velo bike stationnement parking route road voirie tran",
    "economy": "econom emploi employ population demograph entreprise business industr finance budget econ agricultur",
    "culture": "cultur touris patrimoine heritage loisir leisure musee museum sport",
    "maps": "cartograph referentiel geospatial imagery boundar cadastre basemap localisation location",
}
# The authority table of data themes of the European Union.
_EUROPEAN_THEMES = {
    "agri": "economy",
    "econ": "economy",
    "educ": "culture",
    "ener": "energy",
    "envi": "air",
    "tran": "mobility",
}
_FREQUENCIES = {
    "continuous": "continuous, continuously, cont, update_cont, continual, hourly, pt1h, pt1s, real-time, realtime, "
    "en continu, temps reel, au fil de l'eau, horaire",
    "daily": "daily, day, p1d, quotidien, quotidienne, journalier, journaliere, tous les jours, daily_2",
    "weekly": "weekly, week, p1w, p7d, hebdomadaire, hebdo, weekly_2, weekly_3, semiweekly, threetimesaweek",
    "biweekly": "biweekly, fortnightly, p2w, bimensuel, bimensuelle, semimonthly, monthly_2",
    "monthly": "monthly, month, p1m, mensuel, mensuelle, threetimesamonth, monthly_3",
    "bimonthly": "bimonthly, p2m, bimestriel, bimestrielle",
    "quarterly": "quarterly, quarter, p3m, trimestriel, trimestrielle",
    "three-a-year": "threetimesayear, annual_3, p4m, quadrimestriel, quadrimestrielle",
    "twice-a-year": "semiannual, annual_2, biannually, biannual, p6m, semestriel, semestrielle",
    "yearly": "annual, yearly, annually, year, p1y, annuel, annuelle",
    "every-two-years": "biennial, p2y, biennal, biennale",
    "every-three-years": "triennial, p3y, triennal, triennale",
    "every-five-years": "quinquennial, p5y, quinquennal, quinquennale",
    "irregular": "irregular, irreg, asneeded, irregulier, irreguliere, si besoin",
    "never": "never, punctual, notplanned, not_planned, jamais, aucune, ponctuel, ponctuelle, pas de mise a jour",
}
FREQUENCIES = tuple(_FREQUENCIES)
_FREQUENCY_OF = {word: code for code, said in _FREQUENCIES.items() for word in (code, *said.split(", "))}

_MEDIA_FORMATS = {
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/plain": "txt",
    "text/html": "html",
    "application/json": "json",
    "application/geo+json": "geojson",
    "application/vnd.geo+json": "geojson",
    "application/ld+json": "jsonld",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/pdf": "pdf",
    "application/zip": "zip",
    "application/x-zip-compressed": "zip",
    "application/gzip": "gz",
    "application/vnd.ms-excel": "xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.google-earth.kml+xml": "kml",
    "application/vnd.google-earth.kmz": "kmz",
    "application/geopackage+sqlite3": "geopackage",
    "application/vnd.apache.parquet": "parquet",
    "application/x-parquet": "parquet",
    "application/vnd.apache.arrow.file": "arrow",
    "application/x-shapefile": "shapefile",
    "application/vnd.shp": "shapefile",
    "application/gpx+xml": "gpx",
    "application/gml+xml": "gml",
    "text/calendar": "ics",
    "text/turtle": "ttl",
    "application/rdf+xml": "rdf",
    "image/png": "png",
    "image/jpeg": "jpeg",
    "image/tiff": "geotiff",
    "image/svg+xml": "svg",
}
_NAMED_FORMATS = {
    "shp": "shapefile",
    "esri shapefile": "shapefile",
    "gpkg": "geopackage",
    "web page": "html",
    "htm": "html",
    "esri rest": "arcgis",
    "arcgis geoservice": "arcgis",
    "arcgis geoservices rest api": "arcgis",
    "jpg": "jpeg",
    "tif": "geotiff",
    "text": "txt",
    "excel": "xls",
    "nc": "netcdf",
    "json-ld": "jsonld",
    "turtle": "ttl",
}
_ENDING = re.compile(r"\.([a-z0-9]{2,8})(?:\.(?:gz|zip))?(?:[?#]|$)")
_IN_A_NAME = re.compile(
    r"\b(geojson|shapefile|geopackage|gpkg|shp|gtfs|netex|siri|parquet|csv|tsv|xlsx|xls|ods|json|kml|kmz|gml|xml|pdf"
    r"|wms|wfs|wmts|zip|html|txt|geotiff|netcdf|arcgis|api|rdf|odt|doc|docx|dxf|dwg|gpx|topojson)\b"
)


def own_theme(text: str) -> str:
    """Our theme in the address by which a catalogue like this one names it; "" in anything else."""
    match = re.search(r"/catalogue\?theme=([a-z]+)$", text)
    return match.group(1) if match and match.group(1) in THEMES else ""


def theme_code(themes: Iterable[str], keywords: Iterable[str]) -> str:
    """Our theme for what a source says of its own; "other" where nothing is recognised."""
    for text in (*themes, *keywords):
        if found := _theme_of(text):
            return found
    return OTHER_THEME


@lru_cache(maxsize=4_096)
def _theme_of(text: str) -> str:
    if own := own_theme(text):
        return own
    last = re.split(r"[/#]", fold(text).rstrip("/"))[-1]
    if last in _EUROPEAN_THEMES:
        return _EUROPEAN_THEMES[last]
    said = re.findall(r"[a-z]+", fold(text) if "://" not in text else last)
    for theme, line in _THEME_WORDS.items():
        short = {word for word in line.split() if len(word) <= 4}
        long = tuple(word for word in line.split() if len(word) > 4)
        if any(word in short or word.startswith(long) for word in said):
            return theme
    return ""


def frequency_code(text: str) -> str:
    """How often data is renewed, as one of our words; "" where it is not stated or not recognised."""
    last = re.split(r"[/#]", fold(text).strip().rstrip("/"))[-1] if "://" in text else fold(text).strip()
    return _FREQUENCY_OF.get(last.removeprefix("r/"), "")


def format_code(*stated: str, url: str = "") -> str:
    """The format of a file: from what is stated, in order, then from the ending of its address; "" where unknown."""
    for text in stated:
        if found := _format_of(text):
            return found
    ending = _ENDING.search(url.lower().rsplit("/", 1)[-1])
    return _format_of(ending.group(1)) if ending and url.count("/") > 2 else ""


@lru_cache(maxsize=4_096)
def _format_of(text: str) -> str:
    said = fold(text).strip().lstrip(".")
    if media := re.search(r"(?:text|application|image)/[a-z0-9.+-]+", said):
        return _MEDIA_FORMATS.get(media.group(0), "")
    if "://" in said:
        return _format_of(re.split(r"[/#]", said.rstrip("/"))[-1])
    if said in _NAMED_FORMATS:
        return _NAMED_FORMATS[said]
    if match := _IN_A_NAME.search(re.sub(r"[_:]", " ", said)):
        return _NAMED_FORMATS.get(match.group(1), match.group(1))
    return said if re.fullmatch(r"[a-z0-9.+-]{1,12}", said) else ""
