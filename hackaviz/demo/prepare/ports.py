"""Ports, their links, the maritime network and sea distances, from the searoute package (Apache-2.0)."""

import json
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import searoute
from babel import Locale

from hackaviz.demo.prepare import sea, tables

Node = tuple[float, float]

MARSEILLE = "FRMRS"
PASSAGES = ("suez", "gibraltar", "panama", "malacca", "babalmandab")
# The searoute default: the north-west passage is no commercial route.
ALWAYS_CLOSED = ["northwest"]
# Inland or misplaced in the source: they would pull the coast of the Mediterranean to Madrid and Lyon.
NOT_ON_THE_COAST = frozenset("ESBLN ESMAD FRLIO FRYNN GRPLI ITBLQ ITENO ITFAE ITMAN ITMAR ITMIL ITMOD ITMON".split())
FRENCH, ENGLISH = Locale("fr").territories, Locale("en").territories


def read_ports() -> list[dict[str, Any]]:
    """Each port once, by UN/LOCODE, with coordinates and the countries that searoute lists as linked."""
    source = files("searoute").joinpath("data/ports.geojson").read_text(encoding="utf-8")
    ports: dict[str, dict[str, Any]] = {}
    for feature in json.loads(source)["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        facts = feature["properties"]
        port = {
            "unlocode": facts["port"],
            "name": facts["name"],
            "country_code": facts["port"][:2],
            "country": ENGLISH.get(facts["port"][:2], facts["cty"].replace("_", " ").title()),
            "latitude": round(latitude, 5),
            "longitude": round(longitude, 5),
            "terminal": "yes" if facts.get("t") == 1.0 else "no",
            "to": sorted(set(facts.get("to_cty") or [])),
        }
        port["linked_countries"] = len(port["to"])
        inland = port["unlocode"] in NOT_ON_THE_COAST
        port["sea"] = "" if inland else sea.basin(port["longitude"], port["latitude"])
        known = ports.get(port["unlocode"])
        if known is None or port["linked_countries"] > known["linked_countries"]:
            ports[port["unlocode"]] = port
    return sorted(ports.values(), key=lambda port: port["unlocode"])


def write_ports(ports: list[dict[str, Any]]) -> None:
    """The same ports as a table and as a map."""
    columns = (
        "unlocode",
        "name",
        "country_code",
        "country",
        "latitude",
        "longitude",
        "sea",
        "terminal",
        "linked_countries",
    )
    rows = [{column: port[column] for column in columns} for port in ports]
    tables.write_csv("world-ports.csv", columns, rows)
    shown = ("unlocode", "name", "country_code", "sea", "linked_countries")
    tables.write_geojson(
        "world-ports.geojson",
        [tables.point(row["longitude"], row["latitude"], {name: row[name] for name in shown}) for row in rows],
    )


def write_links(ports: list[dict[str, Any]]) -> None:
    """One row for each port and country it is linked to."""
    rows = [
        {
            "unlocode": port["unlocode"],
            "port": port["name"],
            "port_country": port["country_code"],
            "sea": port["sea"],
            "linked_country_code": code,
            "linked_country": ENGLISH.get(code, code),
            "linked_country_fr": FRENCH.get(code, code),
        }
        for port in ports
        for code in port["to"]
    ]
    tables.write_csv("port-links.csv", tuple(rows[0]), rows)


def read_edges() -> Iterator[tuple[Node, Node, float, str]]:
    """Each stretch of the network once: two ends (longitude, latitude), kilometres, passage or nothing."""
    seen = set()
    for start, end, facts in searoute.setup_M().edges(data=True):
        first, second = sorted((within_globe(start), within_globe(end)))
        passage = facts.get("passage") or ""
        # Stretches named segment only tie the two edges of the flat map together.
        if (first, second) in seen or first == second or passage.startswith("segment"):
            continue
        seen.add((first, second))
        yield first, second, facts["weight"], "" if passage == "pacific_ocean" else passage


def within_globe(node: Node) -> Node:
    """Bring a longitude back between -180 and 180: the source repeats the Pacific beyond the edge."""
    return round((node[0] + 180) % 360 - 180, 4), round(node[1], 4)


def write_network() -> None:
    """The maritime network as a table of stretches."""
    rows = [
        {
            "from_longitude": start[0],
            "from_latitude": start[1],
            "to_longitude": end[0],
            "to_latitude": end[1],
            "kilometres": round(kilometres, 1),
            "passage": passage,
        }
        for start, end, kilometres, passage in sorted(read_edges())
    ]
    tables.write_csv("maritime-network.csv", tuple(rows[0]), rows)


def choose_destinations(ports: list[dict[str, Any]], count: int = 100, per_country: int = 3) -> list[dict[str, Any]]:
    """The best linked ports, at most three a country, so that the list covers the world."""
    taken: Counter[str] = Counter()
    chosen = []
    for port in sorted(ports, key=lambda port: (-port["linked_countries"], port["unlocode"])):
        if port["unlocode"] in {MARSEILLE, "FRFOS"} or taken[port["country_code"]] >= per_country:
            continue
        taken[port["country_code"]] += 1
        chosen.append(port)
    return chosen[:count]


def measure(origin: dict[str, Any], port: dict[str, Any], closed: str | None = None) -> tuple[float | None, list[str]]:
    """Kilometres of the shortest sea route and the passages it takes; None when no route is left."""
    ends = [[place["longitude"], place["latitude"]] for place in (origin, port)]
    restrictions = ALWAYS_CLOSED + ([closed] if closed else [])
    route = searoute.searoute(*ends, restrictions=restrictions, append_orig_dest=True, return_passages=True)
    if len(route.geometry.coordinates) < 3:  # only the two ends: no path
        return None, []
    return round(route.properties["length"]), sorted(route.properties["traversed_passages"])


def write_distances(ports: list[dict[str, Any]]) -> None:
    """Sea distances from Marseille to a hundred ports, and the same with one passage closed at a time."""
    origin = next(port for port in ports if port["unlocode"] == MARSEILLE)
    distances, closures = [], []
    for port in choose_destinations(ports):
        kilometres, passages = measure(origin, port)
        if kilometres is None:
            continue
        straight = round(sea.great_circle(origin, port))
        known = {"unlocode": port["unlocode"], "port": port["name"], "country_code": port["country_code"]}
        place = {
            "country": port["country"],
            "country_fr": FRENCH.get(port["country_code"], port["country"]),
            "latitude": port["latitude"],
            "longitude": port["longitude"],
        }
        distances.append(
            known
            | place
            | {
                "sea_kilometres": kilometres,
                "nautical_miles": round(kilometres / 1.852),
                "straight_kilometres": straight,
                "detour": round(kilometres / straight, 3),
                "days_at_14_knots": round(kilometres / (14 * 1.852 * 24), 2),
                "passages": "+".join(passages),
            }
        )
        closures += [closure_row(origin, port, known, kilometres, closed) for closed in PASSAGES]
    distances.sort(key=lambda row: row["sea_kilometres"])
    tables.write_csv("sea-distances-from-marseille.csv", tuple(distances[0]), distances)
    tables.write_csv("passage-closures.csv", tuple(closures[0]), closures)


def closure_row(
    origin: dict[str, Any], port: dict[str, Any], known: dict[str, Any], kilometres: float, closed: str
) -> dict[str, Any]:
    """What one closed passage changes for one port; empty cells when no route is left."""
    longer, _ = measure(origin, port, closed)
    extra = None if longer is None else longer - kilometres
    percent = None if extra is None else round(100 * extra / kilometres, 1)
    return known | {
        "closed_passage": closed,
        "kilometres_open": kilometres,
        "kilometres_closed": longer,
        "extra_kilometres": extra,
        "extra_percent": percent,
    }
