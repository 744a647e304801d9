"""Recognising a licence in what a publisher states: a code, a name, an address, a sentence. In doubt, unknown."""

import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

from challenges.catalogue.licences import COMMONS_VERSIONS, LICENCES
from hackaviz.kernel.identifiers import fold

LONGEST_SENTENCE = 300
UNKNOWN = "unknown"

# Codes as portals use them: CKAN, udata, Frictionless, SPDX, the authority table of the European Union.
_CODES = {
    "fr-lo": "lov1",
    "lool": "lo",
    "etalab-2-0": "lov2",
    "licence-ouverte-2-0": "lov2",
    "odc-odbl": "odbl",
    "odbl-1-0": "odbl",
    "odc-by-1-0": "odc-by",
    "odc-pddl": "pddl",
    "pddl-1-0": "pddl",
    "cc-zero": "cc0",
    "cc0-1-0": "cc0",
    "cc-0": "cc0",
    "other-pd": "public-domain",
    "us-pd": "public-domain",
    "us-public-domain": "public-domain",
    "other-at": "other-open",
    **dict.fromkeys(("other-open-licence", "other-open-license", "another-open-licence"), "other-open"),
    **dict.fromkeys(("another-open-license", "autre-licence-ouverte"), "other-open"),
    "uk-ogl": "ogl-uk",
    "ogl-uk-3-0": "ogl-uk",
    "mit-license": "mit",
    "apache2-0": "apache-2.0",
    "bsd-3-clause": "bsd-3",
    "the-3-clause-bsd-license": "bsd-3",
    "lgpl-2-1-only": "lgpl-2.1",
    "dl-de-by-2-0": "dl-de-by",
    "dl-de-zero-2-0": "dl-de-zero",
    "u-s-government-work": "us-government",
    "u-s-government-dataset": "us-government",
    **{re.sub(r"[^a-z0-9]+", "-", code): code for code in LICENCES if code != UNKNOWN},
}
_VERSION = r"[^0-9]{0,40}?v?\.?\s?(\d)(?:[.,](\d))?(?!\d)"
# The one of the French State: "une licence ouverte", that of a town, or "open licence" alone may be any.
_OPEN_LICENCE = re.compile(
    r"(?<!une )\blicence[ _-]+ouverte?\b"
    r"(?! (?:de|du|des|par|propre|locale)\b| ?[-–:] ?(?:ville|region|departement|metropole)\b)"
    r"|^open[ _-]+licen[cs]e[ ,]+(?:version |v\.? ?)?[12](?:\.0)?$|\betalab\b|\blov ?[12]\b"
)
_OPEN_LICENCE_VERSION = re.compile(rf"(?:ouverte?s?|open[ _-]+licence|etalab|version|\blov|\bv){_VERSION}")
_COMMONS = re.compile(
    r"(?:creative[ _-]+commons|\bcc)[ _:/-]*(?:licen[cs]e\s*)?"
    r"(?P<kind>by|attribution|paternite)"
    r"(?P<rest>(?:[ _/,+–-]+(?:by|sa|nd|nc|share-? ?alike|non-? ?commercial|no-? ?deriv\w*|"
    r"partage[ a-z’']{0,30}(?:conditions[ a-z’']{0,20}|identique)|pas d[ ’']utilisation commerciale|"
    r"pas de modifications?|attribution))*)(?:[ _/-]*\(?(?:by|nc|sa|nd|-|cc| )*\)?)?"
    r"[ _/-]*(?:international|unported|france|version|license|licence|v|,|\s)*(?P<version>[1-4][.,]\d)?"
)
_NAMES = (
    (re.compile(r"\bodbl\b|open[ -]?(?:data ?base|database)[ -]licen[cs]e|open data commons open database"), "odbl"),
    (re.compile(r"\bpddl\b|open data commons public domain"), "pddl"),
    (re.compile(r"\bodc-by\b|open data commons attribution"), "odc-by"),
    (re.compile(r"\bcc[ -]?0\b|\bcc[ -]?zero\b|creative commons (?:cc0|zero)"), "cc0"),
    (re.compile(r"^(?:public domain|domaine public)$"), "public-domain"),
    (re.compile(r"^u\.?s\.? government (?:work|dataset)s?$"), "us-government"),
    # Other countries have one of this name, and the earlier versions ask other things.
    (
        re.compile(
            r"(?:^|\b(?:uk|united kingdom|the|under) )open government licen[cs]e(?: \(?(?:uk|ogl|united kingdom)\)?)?"
            r"(?:[ ,]*(?:version|v)?[ .]*3(?:\.0)?)?(?: \((?:uk|ogl|united kingdom)\))?(?=[.\s]*$| for public sector)"
        ),
        "ogl-uk",
    ),
)
_ADDRESSES = (
    (re.compile(r"^creativecommons\.org/licen[cs]es/(by(?:-nc)?(?:-nd|-sa)?)/(\d\.\d)(?:/|$)"), "cc-{}-{}"),
    (re.compile(r"^creativecommons\.org/licen[cs]es/(by(?:-nc)?(?:-nd|-sa)?)/?$"), "cc-{}"),
    (re.compile(r"^creativecommons\.org/(?:publicdomain|licenses)/(?:zero|cc0)(?:/|$)"), "cc0"),
    (re.compile(r"^creativecommons\.org/(?:publicdomain/mark|licenses/publicdomain)(?:/|$)"), "public-domain"),
    (re.compile(r"^(?:\w+\.)?wikipedia\.org/wiki/(?:public_domain|domaine_public)"), "public-domain"),
    (re.compile(r"^opendatacommons\.org/licen[cs]es/(odbl|pddl)(?:/|$)"), "{}"),
    (re.compile(r"^opendatacommons\.org/licen[cs]es/by(?:/|$)"), "odc-by"),
    (re.compile(r"etalab.*licence-ouverte-v2|licence-ouverte-v2|licence_ouverte_v?2|etalab-2\.0"), "lov2"),
    (re.compile(r"licence[_-]ouverte(?:\.pdf|[_-]v?1)|(?:^|/)open_licence\.pdf"), "lov1"),
    (re.compile(r"licence[_-]ouverte[_-]open[_-]licen[cs]e|data\.gouv\.fr/licence-ouverte"), "lo"),
    (re.compile(r"^(?:www\.)?nationalarchives\.gov\.uk/doc/open-government-licen[cs]e(?:/version/3)?/?$"), "ogl-uk"),
    (re.compile(r"^(?:www\.)?usa\.gov/(?:government-works|publicdomain/label)"), "us-government"),
    (re.compile(r"publications\.europa\.eu/resource/authority/licence/(.+)$"), "eu:{}"),
    (re.compile(r"^(?:www\.)?govdata\.de/dl-de/(by|zero)"), "dl-de-{}"),
    (re.compile(r"^(?:www\.)?opensource\.org/licenses?/(mit|bsd-3-clause|apache-2\.0)"), "code:{}"),
    (re.compile(r"^(?:www\.)?spdx\.org/licenses/([\w.-]+?)(?:\.html|\.json)?$"), "code:{}"),
)
_DOUBT = re.compile(
    r"\b(?:not|non|no longer|pas|sauf|except|excluding|unless|hors|ni|neither"
    r"|other|another|autres?|similar|similaires?|like|equivalente?|inspire[ds]?e?|based on|derivee?"
    r"|modified|modifiee?|adaptee?|custom|some|certaines?|various|diverse?s?)\b"
)


def licence_code(stated: Iterable[str]) -> str:
    """The code of the licence that these texts state; "unknown" where none is known or two contradict each other."""
    found = {code for text in stated if (code := _code_of(text)) != UNKNOWN}
    return _most_exact(found)


def _most_exact(found: set[str]) -> str:
    """One code of several: a version says more than none, and a name more than "another open licence"."""
    exact = found - {"other-open"} or found
    exact = {
        code
        for code in exact
        if not any(other != code and other.startswith((f"{code}-", f"{code}v")) for other in exact)
    }
    return exact.pop() if len(exact) == 1 else UNKNOWN


@lru_cache(maxsize=4_096)
def _code_of(text: str) -> str:
    text = " ".join(text.split())
    if not text or len(text) > LONGEST_SENTENCE * 4:
        return UNKNOWN
    code = _CODES.get(re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-"))
    if code:
        return code
    if re.match(r"(?:https?:)?//\S+$|www\.\S+$", text, re.IGNORECASE):
        return _of_address(text)
    return _of_sentence(fold(text)) if len(text) <= LONGEST_SENTENCE else UNKNOWN


def _of_address(text: str) -> str:
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
    except ValueError:
        return UNKNOWN
    place = fold(f"{parts.netloc.removeprefix('www.')}{parts.path}")
    for pattern, shape in _ADDRESSES:
        if match := pattern.search(place):
            code = shape.format(*match.groups())
            if code.startswith(("eu:", "code:")):
                return _CODES.get(re.sub(r"[^a-z0-9]+", "-", _european(code)).strip("-"), UNKNOWN)
            return code if code in LICENCES else UNKNOWN
    return UNKNOWN


def _european(code: str) -> str:
    """ "cc_by_4_0" and "cc_bync_4_0" of the European table as others write them."""
    name = code.partition(":")[2].replace("_", "-")
    return re.sub(r"^cc-by(nc)?(sa|nd)?(?=-|$)", lambda found: "-".join(["cc-by", *filter(None, found.groups())]), name)


def _of_sentence(text: str) -> str:
    links = re.findall(r"https?://\S+|www\.\S+", text)
    rest = re.sub(r"https?://\S+|www\.\S+", " ", text)
    if _DOUBT.search(_without_names(rest)):
        return UNKNOWN
    found = {code for link in links if (code := _of_address(link.rstrip(".,;)"))) != UNKNOWN}
    found |= {code for pattern, code in _NAMES if pattern.search(rest)}
    found |= _open_licence(rest) | _commons_licence(rest)
    return _most_exact(found)


def _without_names(text: str) -> str:
    # "Non Commercial" and "pas de modification" are parts of names, not doubts.
    return re.sub(
        r"non-? ?commercial\w*|pas d[ ’'e]+ ?(?:utilisation commerciale|modifications?)|no-? ?deriv\w*", " ", text
    )


def _open_licence(text: str) -> set[str]:
    if not _OPEN_LICENCE.search(text):
        return set()
    versions = {match.group(1) for match in _OPEN_LICENCE_VERSION.finditer(text)}
    if versions == {"1"}:
        return {"lov1"}
    return {"lov2"} if versions == {"2"} else {"lo"} if not versions else set()


def _commons_licence(text: str) -> set[str]:
    match = _COMMONS.search(text)
    if match is None:
        return set()
    rest = match.group("rest")
    parts = ["by"]
    parts += ["nc"] if re.search(r"\bnc\b|non-? ?commercial|commerciale", rest) else []
    parts += ["nd"] if re.search(r"\bnd\b|deriv|modification", rest) else []
    parts += ["sa"] if re.search(r"\bsa\b|share|partage", rest) else []
    version = (match.group("version") or "").replace(",", ".")
    kind = f"cc-{'-'.join(parts)}"
    code = f"{kind}-{version}" if version in COMMONS_VERSIONS else kind
    return {code} if code in LICENCES else set()
