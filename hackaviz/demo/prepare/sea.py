"""Which sea a point lies in, and distances over the globe. Pure."""

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt
from typing import Any

EARTH_KILOMETRES = 6371.0088


def great_circle(start: Mapping[str, Any], end: Mapping[str, Any]) -> float:
    """Kilometres in a straight line over a sphere (haversine)."""
    north_1, north_2 = radians(start["latitude"]), radians(end["latitude"])
    east = radians(end["longitude"] - start["longitude"])
    half = sin((north_2 - north_1) / 2) ** 2 + cos(north_1) * cos(north_2) * sin(east / 2) ** 2
    return 2 * EARTH_KILOMETRES * asin(sqrt(half))


def basin(longitude: float, latitude: float) -> str:
    """'mediterranean', 'black sea' or '' by simple boxes: good for ports, not for law or borders."""
    if 27.2 < longitude < 42 and 40.8 < latitude < 47.5:
        return "black sea"
    if 26.3 < longitude < 31 and 40.0 < latitude < 41.3:
        return "black sea"  # Dardanelles, Marmara and Bosporus lead there
    box = -5.65 < longitude < 36.6 and 30.9 < latitude < 46
    atlantic = (longitude < 0 and latitude > 41.5) or (longitude < -4.5 and latitude > 37)
    biscay = longitude < 2.5 and latitude > 43.0
    danube = longitude > 19.9 and latitude > 42.5
    return "mediterranean" if box and not (atlantic or biscay or danube) else ""
