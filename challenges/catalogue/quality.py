"""How well a dataset is published, out of 100, with the reasons: a pure rule.

Eight aspects have points (`POINTS`, 100 in all), and a dataset fulfils each by a share from 0 to 100. What we do not
know has no share, and its points count neither for nor against:

    score = sum of points × share ÷ sum of points, over the aspects that are known, rounded

There is no score while less than `LEAST_KNOWN` points are known. To state more, or to find more fulfilled, never lowers
a score. Only what we learn to be bad does, such as a file without names of columns.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from challenges.catalogue.licences import OPEN_CONDITIONS, licence_of


class Aspect(StrEnum):
    """What is looked at."""

    LICENCE = "licence"
    DESCRIPTION = "description"
    FRESHNESS = "freshness"
    ANSWERS = "answers"
    FORMAT = "format"
    COLUMNS = "columns"
    PERIOD = "period"
    PLACE = "place"


POINTS = {
    Aspect.LICENCE: 20,
    Aspect.DESCRIPTION: 15,
    Aspect.FRESHNESS: 15,
    Aspect.ANSWERS: 20,
    Aspect.FORMAT: 10,
    Aspect.COLUMNS: 10,
    Aspect.PERIOD: 5,
    Aspect.PLACE: 5,
}
LEAST_KNOWN = 50
# A description of this many characters says what there is to say.
FULL_DESCRIPTION = 200
# Days between two updates as they are promised. Data is late after twice as many, a week at least.
DAYS = {
    "continuous": 1,
    "daily": 1,
    "weekly": 7,
    "biweekly": 14,
    "monthly": 31,
    "bimonthly": 62,
    "quarterly": 92,
    "three-a-year": 122,
    "twice-a-year": 183,
    "yearly": 366,
    "every-two-years": 731,
    "every-three-years": 1_096,
    "every-five-years": 1_827,
}
LEAST_DAYS = 7
OPEN_FORMATS = frozenset(
    "csv tsv json geojson topojson jsonld ndjson ttl rdf n3 xml gml kml kmz gpx ods parquet arrow geopackage gtfs "
    "netex siri netcdf zarr geotiff wfs ics txt sqlite".split()
)
# Programs read them, but their owner decides what they are.
HALF_OPEN_FORMATS = frozenset("xls xlsx excel shapefile dbf arcgis mdb accdb dwg".split())
# They say nothing of what is inside.
WRAPPINGS = frozenset("zip gz 7z rar tar api other wms wmts".split())
_NUMBERED_COLUMN = re.compile(r"column_\d+")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of a dataset. `answers` and `columns` are None where nobody looked.

    What a source did not say is missing only where `is_harvested`; of a dataset that was described by hand we just do
    not know it.
    """

    is_harvested: bool = False
    licence: str = "unknown"
    licence_as_stated: str = ""
    description: str = ""
    frequency: str = ""
    modified_on: date | None = None
    answers: bool | None = None
    formats: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None
    period: str = ""
    has_place: bool = False


@dataclass(frozen=True)
class Mark:
    """How far an aspect is fulfilled, from 0 to 100; None where we do not know."""

    aspect: Aspect
    share: int | None

    @property
    def points(self) -> int:
        """What it can bring."""
        return POINTS[self.aspect]


@dataclass(frozen=True)
class Quality:
    """The marks of a dataset, in the order of `Aspect`."""

    marks: tuple[Mark, ...]

    @property
    def known(self) -> int:
        """How many of the 100 points could be judged."""
        return sum(mark.points for mark in self.marks if mark.share is not None)

    @property
    def score(self) -> int | None:
        """Out of 100, halves up; None where too little is known."""
        if self.known < LEAST_KNOWN:
            return None
        won = sum(mark.points * mark.share for mark in self.marks if mark.share is not None)
        return (2 * won + self.known) // (2 * self.known)


def quality_of(facts: Facts, today: date) -> Quality:
    """Judge each aspect."""
    shares = {
        Aspect.LICENCE: _licence(facts),
        Aspect.DESCRIPTION: _description(facts),
        Aspect.FRESHNESS: _freshness(facts, today),
        Aspect.ANSWERS: None if facts.answers is None else 100 * facts.answers,
        Aspect.FORMAT: _format(facts),
        Aspect.COLUMNS: _columns(facts),
        Aspect.PERIOD: _stated(facts, bool(facts.period)),
        Aspect.PLACE: _stated(facts, facts.has_place),
    }
    return Quality(tuple(Mark(aspect, shares[aspect]) for aspect in Aspect))


def _stated(facts: Facts, is_stated: bool) -> int | None:
    if is_stated:
        return 100
    return 0 if facts.is_harvested else None


def _licence(facts: Facts) -> int | None:
    licence = licence_of(facts.licence)
    if licence.is_known:
        return 100 if licence.condition in OPEN_CONDITIONS else 50
    # Words that we do not recognise are our lack, not the publisher's.
    return None if facts.licence_as_stated else _stated(facts, False)


def _description(facts: Facts) -> int | None:
    length = len(facts.description.strip())
    return min(100, 100 * length // FULL_DESCRIPTION) if length else _stated(facts, False)


def _freshness(facts: Facts, today: date) -> int | None:
    """Against the promise: in time or not, and by how much; a promise of none is kept; half for one without days."""
    if facts.frequency == "never":
        return 100
    if facts.modified_on is None or not facts.frequency:
        return _stated(facts, False)
    if facts.frequency not in DAYS:
        return 50
    allowed = allowed_days(facts.frequency)
    age = (today - facts.modified_on).days
    return 100 if age <= allowed else 100 * allowed // age


def allowed_days(frequency: str) -> int:
    """How old data may be that is promised so often: twice the interval, a week at least."""
    return max(2 * DAYS[frequency], LEAST_DAYS)


def _format(facts: Facts) -> int | None:
    telling = set(facts.formats) - WRAPPINGS
    if not telling:
        return None
    if telling & OPEN_FORMATS:
        return 100
    return 50 if telling & HALF_OPEN_FORMATS else 0


def _columns(facts: Facts) -> int | None:
    if not facts.columns:
        return None
    named = sum(_NUMBERED_COLUMN.fullmatch(name) is None for name in facts.columns)
    return 100 * named // len(facts.columns)
