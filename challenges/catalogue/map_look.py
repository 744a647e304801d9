"""A map of a file's places as the page draws it: paths, a grid of degrees with its labels, what to beware of."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from challenges.catalogue.models import Dataset, Resource
from challenges.catalogue.wording import number

# Steps of the grid in degrees; the first that gives few enough lines.
STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60)
MOST_LINES = 7
DOUBT_WORDS = {
    "projected": _l(
        "The positions of this file are no degrees: it is in a projection, often Lambert 93 in France (EPSG 2154). "
        "Convert it to longitude and latitude (WGS 84, EPSG 4326) before you draw a map of it."
    ),
    "swapped-axes": _l(
        "The positions of this file seem to have latitude first, where longitude is expected. Swap the two, or its "
        "points lie in the wrong place."
    ),
}


@dataclass(frozen=True)
class Line:
    """A line of the grid: where it is in the drawing, in percent too, and its degrees in words."""

    at: int
    percent: float
    label: str


@dataclass(frozen=True)
class MapLook:
    """What the template draws; without a width, only the doubt is said."""

    resource: Resource
    doubt: object | None
    width: int = 0
    height: int = 0
    land: str = ""
    points: str = ""
    lines: str = ""
    is_filled: bool = False
    meridians: Sequence[Line] = ()
    parallels: Sequence[Line] = ()
    alternative: str = ""
    caption: str = ""


def map_of_dataset(dataset: Dataset) -> MapLook | None:
    """The map of the first file that has one."""
    found = [each for each in dataset.resources if each.inspection and each.inspection.get("map")]
    return map_look(found[0]) if found else None


def map_look(resource: Resource) -> MapLook:
    """Turn the numbers of a map into what is drawn."""
    drawn: Mapping[str, Any] = (resource.inspection or {})["map"]
    doubt = DOUBT_WORDS.get(drawn["doubt"])
    if "width" not in drawn:
        return MapLook(resource, doubt)
    west, south, east, north = drawn["view"]
    return MapLook(
        resource,
        doubt,
        drawn["width"],
        drawn["height"],
        land=" ".join(_path(ring) + "Z" for ring in drawn["land"]),
        # A stroke of no length with round ends is a dot.
        points="".join(f"M{x} {y}h0" for x, y in _pairs(drawn.get("points", ()))),
        lines=" ".join(_path(line) + ("Z" if drawn["is_filled"] else "") for line in drawn.get("lines", ())),
        is_filled=drawn["is_filled"],
        meridians=list(_grid(west, east, drawn["width"], _longitude)),
        parallels=list(_grid(north, south, drawn["height"], _latitude)),
        alternative=_alternative(drawn),
        caption=_caption(drawn, resource),
    )


def _pairs(flat: Sequence[int]) -> Iterator[tuple[int, int]]:
    return zip(flat[::2], flat[1::2], strict=True)


def _path(flat: Sequence[int]) -> str:
    if len(flat) == 2:
        return f"M{flat[0]} {flat[1]}h0"
    return "M" + "L".join(f"{x} {y}" for x, y in _pairs(flat))


def _grid(start: float, end: float, length: int, label: Any) -> Iterator[Line]:
    """Round degrees between two sides of the map; `start` is the left side, or the upper one."""
    low, high = sorted((start, end))
    step = next((each for each in STEPS if (high - low) / each <= MOST_LINES), STEPS[-1])
    first = math.ceil(low / step)
    for place in range(first, math.floor(high / step) + 1):
        degrees = round(place * step, 6)
        share = (degrees - start) / (end - start)
        if 0.04 < share < 0.96:
            yield Line(round(share * length), round(100 * share, 2), label(degrees))


def _longitude(degrees: float) -> str:
    if degrees < 0:
        return _("%(degrees)s° W", degrees=number(-degrees))
    return _("%(degrees)s° E", degrees=number(degrees)) if degrees else "0°"


def _latitude(degrees: float) -> str:
    if degrees < 0:
        return _("%(degrees)s° S", degrees=number(-degrees))
    return _("%(degrees)s° N", degrees=number(degrees)) if degrees else "0°"


def _alternative(drawn: Mapping[str, Any]) -> str:
    west, south, east, north = (round(degrees, 1) for degrees in drawn["view"])
    return _(
        "Map from %(west)s to %(east)s and from %(south)s to %(north)s.",
        west=_longitude(west),
        east=_longitude(east),
        south=_latitude(south),
        north=_latitude(north),
    )


def _caption(drawn: Mapping[str, Any], resource: Resource) -> str:
    total = drawn.get("total", (resource.inspection or {})["rows"])
    shapes = ngettext("%(count)s place", "%(count)s places", total, count=number(total))
    said = [_("%(places)s of %(file)s.", places=shapes, file=resource.file_name)]
    if drawn["columns"]:
        said.append(_("From the columns %(x)s and %(y)s.", x=drawn["columns"][0], y=drawn["columns"][1]))
    if drawn["land"]:
        said.append(_("Coasts: plotly.js."))
    return " ".join(said)
