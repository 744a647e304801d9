"""The licences that the catalogue knows, and what each asks of whoever reuses the data."""

from dataclasses import dataclass
from enum import StrEnum

from hackaviz.kernel.bilingual_text import Bilingual


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
    NOT_COMMERCIAL = "not-commercial"
    NOT_COMMERCIAL_ALIKE = "not-commercial-alike"
    NOT_CHANGED = "not-changed"
    NOT_COMMERCIAL_NOT_CHANGED = "not-commercial-not-changed"
    ASK = "ask"


# With these anybody may use the data for anything, as the Open Definition asks.
OPEN_CONDITIONS = frozenset(
    {
        Condition.NOTHING,
        Condition.CREDIT,
        Condition.CREDIT_AND_DATE,
        Condition.SHARE_ALIKE,
        Condition.SHARE_DATABASE,
        Condition.KEEP_NOTICE,
        Condition.SHARE_CODE,
        Condition.READ_TERMS,
    }
)


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
_ETALAB = "https://www.etalab.gouv.fr/wp-content/uploads"
_SOURCE = "https://opensource.org/license"
_GERMAN = "https://www.govdata.de/dl-de"
COMMONS_VERSIONS = ("4.0", "3.0", "2.5", "2.0", "1.0")
_COMMONS_KINDS = {
    "by": ("Attribution", Condition.CREDIT),
    "by-sa": ("Attribution-ShareAlike", Condition.SHARE_ALIKE),
    "by-nd": ("Attribution-NoDerivatives", Condition.NOT_CHANGED),
    "by-nc": ("Attribution-NonCommercial", Condition.NOT_COMMERCIAL),
    "by-nc-sa": ("Attribution-NonCommercial-ShareAlike", Condition.NOT_COMMERCIAL_ALIKE),
    "by-nc-nd": ("Attribution-NonCommercial-NoDerivatives", Condition.NOT_COMMERCIAL_NOT_CHANGED),
}


def _commons() -> dict[str, Licence]:
    """Every Creative Commons licence with each version, and without where the publisher states none."""
    known = {}
    for kind, (words, condition) in _COMMONS_KINDS.items():
        for version in COMMONS_VERSIONS:
            name, url = f"Creative Commons {words} {version}", f"{_COMMONS}/licenses/{kind}/{version}/"
            known[f"cc-{kind}-{version}"] = _licence(name, url, condition)
        french = f"Creative Commons {words}, version non précisée"
        known[f"cc-{kind}"] = _licence(f"Creative Commons {words}, version not stated", "", condition, french=french)
    return known


LICENCES: dict[str, Licence] = {
    "lov2": _licence(
        "Licence Ouverte 2.0", f"{_ETALAB}/2017/04/ETALAB-Licence-Ouverte-v2.0.pdf", Condition.CREDIT_AND_DATE
    ),
    "lov1": _licence("Licence Ouverte 1.0", f"{_ETALAB}/2014/05/Licence_Ouverte.pdf", Condition.CREDIT_AND_DATE),
    "lo": _licence(
        "Licence Ouverte, version not stated",
        "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
        Condition.CREDIT_AND_DATE,
        french="Licence Ouverte, version non précisée",
    ),
    "odbl": _licence("Open Database License (ODbL) 1.0", f"{_OPEN_DATA}/odbl/1-0/", Condition.SHARE_DATABASE),
    "odc-by": _licence("Open Data Commons Attribution 1.0", f"{_OPEN_DATA}/by/1-0/", Condition.CREDIT),
    "pddl": _licence("Open Data Commons Public Domain (PDDL) 1.0", f"{_OPEN_DATA}/pddl/1-0/", Condition.NOTHING),
    **_commons(),
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
    "dl-de-by": _licence("Datenlizenz Deutschland – Attribution 2.0", f"{_GERMAN}/by-2-0", Condition.CREDIT),
    "dl-de-zero": _licence("Datenlizenz Deutschland – Zero 2.0", f"{_GERMAN}/zero-2-0", Condition.NOTHING),
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


def licence_of(code: str) -> Licence:
    """The licence of a code; what is not in the list is unknown, never guessed."""
    return LICENCES.get(code, LICENCES["unknown"])
