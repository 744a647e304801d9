"""What a catalogue knows without a database: themes, names of files, addresses, the text that search reads."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote, urlsplit

from challenges.catalogue.licences import LICENCES, Condition, Licence, licence_of
from hackaviz.kernel.bilingual_text import Bilingual
from hackaviz.kernel.identifiers import fold

# Other rooms find the licences here.
__all__ = [
    "FORMAT_NAMES",
    "GEOGRAPHIC_FORMATS",
    "LICENCES",
    "LONGEST_FILE_NAME",
    "LONGEST_SLUG",
    "MEDIA_TYPES",
    "MOST_WORDS",
    "OTHER_THEME",
    "RESERVED_SLUGS",
    "SUMMARY_CHARACTERS",
    "TABULAR_FORMATS",
    "THEMES",
    "UNPRINTED",
    "Condition",
    "Licence",
    "as_iri",
    "clean_formats",
    "format_name",
    "is_slug",
    "is_web_address",
    "licence_of",
    "may_be_reachable",
    "media_type",
    "safe_file_name",
    "search_text",
    "search_words",
    "summary",
    "theme_name",
    "word_beginnings",
]

MOST_WORDS = 12
LONGEST_FILE_NAME = 120
SUMMARY_CHARACTERS = 200
LONGEST_SLUG = 120
_WORD = re.compile(r"[^\W_]+")
# What stands between words becomes a space: on ASCII texts ten times as fast as the pattern.
_ASCII_WORDS = {code: " " for code in range(128) if not chr(code).isalnum()}
# Signs that delimit, and the letters of every script but private ones; a percent sign before its two digits.
_IN_IRI = r"\w\-.~!$&'()*+,;=:@/?\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd"
_NOT_IN_IRI = re.compile(rf"(?a)%(?![0-9A-Fa-f]{{2}})|[^%{_IN_IRI}]")
# Unicode categories: controls, directions, surrogates, private signs, line and paragraph ends.
UNPRINTED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
RESERVED_SLUGS = frozenset({"new", "import", "duplicates", "imports", "questions", "sources", "vanished"})
# What a harvested dataset is about when its source says nothing that we recognise.
OTHER_THEME = "other"

THEMES: dict[str, Bilingual] = {
    "ports": Bilingual(fr="Ports et navigation", en="Ports and shipping"),
    "sea": Bilingual(fr="Mer et littoral", en="Sea and coast"),
    "logistics": Bilingual(fr="Logistique et commerce", en="Logistics and trade"),
    "energy": Bilingual(fr="Énergie et climat", en="Energy and climate"),
    "air": Bilingual(fr="Air et environnement", en="Air and environment"),
    "mobility": Bilingual(fr="Mobilité", en="Mobility"),
    "economy": Bilingual(fr="Économie, emploi, population", en="Economy, jobs, population"),
    "culture": Bilingual(fr="Tourisme et culture", en="Tourism and culture"),
    "maps": Bilingual(fr="Fonds de carte et repères", en="Base maps and references"),
    OTHER_THEME: Bilingual(fr="Autres sujets", en="Other subjects"),
}

# Names as people write them; any other format is shown in capitals.
FORMAT_NAMES = {
    "geojson": "GeoJSON",
    "shapefile": "Shapefile",
    "geotiff": "GeoTIFF",
    "geopackage": "GeoPackage",
    "netcdf": "NetCDF",
    "netex": "NeTEx",
    "jpeg2000": "JPEG 2000",
    "parquet": "Parquet",
    "zarr": "Zarr",
    "excel": "Excel",
}
# What a map can show, and what a table can show, at least in part.
GEOGRAPHIC_FORMATS = (
    "geojson",
    "shapefile",
    "geopackage",
    "kml",
    "kmz",
    "gml",
    "gpx",
    "topojson",
    "wfs",
    "wms",
    "wmts",
)
TABULAR_FORMATS = ("csv", "tsv", "xlsx", "xls", "ods", "json", "geojson", "parquet", "shapefile")
MEDIA_TYPES = {
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "json": "application/json",
    "geojson": "application/geo+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "parquet": "application/vnd.apache.parquet",
    "zip": "application/zip",
    "gtfs": "application/zip",
    "shapefile": "application/zip",
}


def theme_name(code: str) -> Bilingual:
    """A theme in both languages; a code that nobody knows stands for itself."""
    return THEMES.get(code, Bilingual(fr=code, en=code))


def format_name(code: str) -> str:
    """A format as people write it."""
    return FORMAT_NAMES.get(code, code.upper())


def media_type(code: str) -> str:
    """The media type of a file to download; bytes of no known kind where we do not know."""
    return MEDIA_TYPES.get(code, "application/octet-stream")


def clean_formats(typed: Iterable[str]) -> list[str]:
    """Formats in lower case on one line, each once, in order."""
    return sorted({code for each in typed if (code := " ".join(each.lower().split()).lstrip(".")[:40])})


def is_web_address(text: str) -> bool:
    """Whether a link may be shown: http or https with a host, so never a script."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", text)


def as_iri(address: str) -> str:
    """A web address as RDF can hold it: what RFC 3987 forbids in an IRI is percent-encoded, all else stays."""
    parts = re.fullmatch(r"(?s)(\w+://[^/?#]*)([^#]*)(#?)(.*)", address)
    if parts is None:
        return address
    host, path, sign, fragment = parts.groups()
    return _encoded(host, kept="[]") + _encoded(path) + sign + _encoded(fragment)


def _encoded(text: str, *, kept: str = "") -> str:
    return _NOT_IN_IRI.sub(lambda found: found[0] if found[0] in kept else quote(found[0], safe=""), text)


def safe_file_name(name: str) -> str:
    """A name to store and to offer for download: no folder, no control or direction sign, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(letter for letter in last if unicodedata.category(letter) not in UNPRINTED)
    stem, dot, ending = kept.strip(" .").rpartition(".")
    if not dot:
        return ending[:LONGEST_FILE_NAME] or "file"
    return f"{stem[: LONGEST_FILE_NAME - 11]}.{ending[:10]}"


def search_text(parts: Iterable[str]) -> str:
    """The text that search reads: words of letters and digits, lower case, no accents, one space between them."""
    folded = fold(" ".join(parts))
    if folded.isascii():
        return " ".join(folded.translate(_ASCII_WORDS).split())
    return " ".join(_WORD.findall(folded))


def search_words(typed: str) -> list[str]:
    """The words of a query; each must be found somewhere."""
    return list(dict.fromkeys(search_text([typed]).split()))[:MOST_WORDS]


def word_beginnings(word: str) -> list[str]:
    """How the forms of a French or English word begin: "conteneur" for "conteneurs", "canal" and "canaux" for each."""
    if len(word) > 4 and word.endswith("aux"):
        return [word, f"{word[:-2]}l"]
    if len(word) > 4 and word.endswith("al"):
        return [word, f"{word[:-1]}ux"]
    return [word[:-1] if len(word) > 3 and word[-1] in "sx" else word]


def summary(text: str) -> str:
    """The first sentences of a description, about 200 characters, whole words."""
    first, _, _ = text.strip().partition("\n\n")
    match = re.match(rf"(?s)(.{{40,{SUMMARY_CHARACTERS}}}?[.!?…])\s", first + " ")
    if match:
        return match.group(1)
    if len(first) <= SUMMARY_CHARACTERS:
        return first
    return first[:SUMMARY_CHARACTERS].rsplit(" ", 1)[0].rstrip(",;: ") + "…"


def is_slug(text: str) -> bool:
    """Whether a text can be the address of a dataset."""
    is_readable = re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", text) is not None
    return is_readable and len(text) <= LONGEST_SLUG and text not in RESERVED_SLUGS


def may_be_reachable(link_seen_on: date | None, landing_page: str) -> bool:
    """A link that answered has an address and the day on which somebody saw it answer."""
    return link_seen_on is not None and bool(landing_page)
