"""What a catalogue knows without a database: licences, themes, names of files, the text that search reads."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.identifiers import fold

MOST_WORDS = 12
LONGEST_FILE_NAME = 120
SUMMARY_CHARACTERS = 200
LONGEST_SLUG = 120
# Unicode categories: controls, directions, surrogates, private signs, line and paragraph ends.
UNPRINTED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
RESERVED_SLUGS = frozenset({"new"})


class Condition(StrEnum):
    """What a licence asks of whoever reuses the data."""

    NOTHING = "nothing"
    CREDIT = "credit"
    CREDIT_AND_DATE = "credit-and-date"
    SHARE_ALIKE = "share-alike"
    SHARE_DATABASE = "share-database"
    KEEP_NOTICE = "keep-notice"
    SHARE_CODE = "share-code"
    READ_TERMS = "read-terms"
    ASK = "ask"


@dataclass(frozen=True)
class Licence:
    """A licence that we know: its name, its text, and what it asks."""

    name: Bilingual
    url: str
    condition: Condition

    @property
    def is_known(self) -> bool:
        """Whether one may rely on it without asking the publisher."""
        return self.condition is not Condition.ASK


def _licence(name: str, url: str, condition: Condition, *, french: str | None = None) -> Licence:
    return Licence(Bilingual(fr=french or name, en=name), url, condition)


_OPEN_DATA = "https://opendatacommons.org/licenses"
_COMMONS = "https://creativecommons.org"
_ETALAB = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
_SOURCE = "https://opensource.org/license"

LICENCES: dict[str, Licence] = {
    "lov2": _licence("Licence Ouverte 2.0", _ETALAB, Condition.CREDIT_AND_DATE),
    "lov1": _licence("Licence Ouverte 1.0", _ETALAB, Condition.CREDIT_AND_DATE),
    "odbl": _licence("Open Database License (ODbL) 1.0", f"{_OPEN_DATA}/odbl/1-0/", Condition.SHARE_DATABASE),
    "odc-by": _licence("Open Data Commons Attribution 1.0", f"{_OPEN_DATA}/by/1-0/", Condition.CREDIT),
    "cc-by-4.0": _licence("Creative Commons Attribution 4.0", f"{_COMMONS}/licenses/by/4.0/", Condition.CREDIT),
    "cc-by-sa-4.0": _licence(
        "Creative Commons Attribution-ShareAlike 4.0", f"{_COMMONS}/licenses/by-sa/4.0/", Condition.SHARE_ALIKE
    ),
    "cc0": _licence("Creative Commons Zero 1.0", f"{_COMMONS}/publicdomain/zero/1.0/", Condition.NOTHING),
    "public-domain": _licence("Public domain", "", Condition.NOTHING, french="Domaine public"),
    "us-government": _licence(
        "U.S. government work",
        "https://www.usa.gov/government-works",
        Condition.NOTHING,
        french="Œuvre du gouvernement des États-Unis",
    ),
    "ogl-uk": _licence(
        "Open Government Licence 3.0 (UK)",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        Condition.CREDIT,
    ),
    "apache-2.0": _licence("Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0", Condition.KEEP_NOTICE),
    "mit": _licence("MIT License", f"{_SOURCE}/mit", Condition.KEEP_NOTICE),
    "bsd-3": _licence("BSD 3-Clause License", f"{_SOURCE}/bsd-3-clause", Condition.KEEP_NOTICE),
    "lgpl-2.1": _licence(
        "GNU Lesser General Public License 2.1",
        "https://www.gnu.org/licenses/old-licenses/lgpl-2.1.html",
        Condition.SHARE_CODE,
    ),
    "other-open": _licence("Another open licence", "", Condition.READ_TERMS, french="Autre licence ouverte"),
    "unknown": _licence("Not stated", "", Condition.ASK, french="Non précisée"),
}

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


def licence_of(code: str) -> Licence:
    """The licence of a code; what is not in the list is unknown, never guessed."""
    return LICENCES.get(code, LICENCES["unknown"])


def format_name(code: str) -> str:
    """A format as people write it."""
    return FORMAT_NAMES.get(code, code.upper())


def media_type(code: str) -> str:
    """The media type of a file to download; bytes of no known kind where we do not know."""
    return MEDIA_TYPES.get(code, "application/octet-stream")


def clean_formats(typed: Iterable[str]) -> list[str]:
    """Formats in lower case, each once, in order."""
    return sorted({code for each in typed if (code := each.strip().lower().lstrip(".")[:40])})


def is_web_address(text: str) -> bool:
    """Whether a link may be shown: http or https with a host, so never a script."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"\s", text)


def safe_file_name(name: str) -> str:
    """A name to store and to offer for download: no folder, no control or direction sign, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(letter for letter in last if unicodedata.category(letter) not in UNPRINTED)
    stem, dot, ending = kept.strip(" .").rpartition(".")
    if not dot:
        return ending[:LONGEST_FILE_NAME] or "file"
    return f"{stem[: LONGEST_FILE_NAME - 11]}.{ending[:10]}"


def search_text(parts: Iterable[str]) -> str:
    """The text that search reads: lower case, no accents, apostrophes as spaces, one space between words."""
    return " ".join(re.sub(r"['’ʼ]", " ", fold(" ".join(parts))).split())


def search_words(typed: str) -> list[str]:
    """The words of a query; each must be found somewhere."""
    return list(dict.fromkeys(search_text([typed]).split()))[:MOST_WORDS]


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
