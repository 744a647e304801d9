"""Maps of what files hold: places are found, coasts surround them, doubts are said."""

import json
import struct
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest

from challenges.catalogue.charts.coasts import clip, land_in
from challenges.catalogue.charts.maps import MOST_POSITIONS, coast_in_degrees, map_of, view_of
from challenges.catalogue.charts.places import are_coordinates
from challenges.catalogue.inspect.columns import survey
from challenges.catalogue.inspect.read import open_table
from challenges.catalogue.inspect.wkb import lines_of_wkb


def map_from(path: Path) -> dict[str, Any] | None:
    table = open_table(path, path.name)
    assert table is not None
    return map_of(table, survey(table).columns)


def written(folder: Path, content: str, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_text(content)
    return path


def test_columns_of_longitude_and_latitude_make_points_in_their_places(tmp_path: Path):
    rows = "Marseille;5,37;43,3\nAlger;3,06;36,79\nNowhere;;\n"
    drawn = map_from(written(tmp_path, f"town;Longitude;Latitude\n{rows}"))
    assert drawn is not None
    assert (drawn["columns"], drawn["total"], drawn["doubt"]) == (("Longitude", "Latitude"), 2, None)
    algiers, marseille = drawn["points"][:2], drawn["points"][2:]
    assert algiers[0] < marseille[0] and algiers[1] > marseille[1]
    assert drawn["land"]


@pytest.mark.parametrize(
    ("x", "y", "are"),
    [
        ("longitude", "latitude", True),
        ("LON", "lat", True),
        ("port_lng", "port_lat", True),
        ("Xlongitude", "Ylatitude", True),
        ("from_longitude", "to_latitude", False),
        ("long_name", "latitude", False),
        ("belongs", "lat", False),
    ],
)
def test_pairs_of_columns_are_recognised_by_their_names(x: str, y: str, are: bool):
    assert are_coordinates(x, y) is are


def test_areas_are_filled_and_cut_where_they_cross_the_date_line(tmp_path: Path):
    ring = [[179, 0], [-179, 0], [-179, 5], [179, 5], [179, 0]]
    feature = {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}}
    document = json.dumps({"type": "FeatureCollection", "features": [feature]})
    drawn = map_from(written(tmp_path, document, "t.geojson"))
    assert drawn is not None
    assert drawn["is_filled"]
    assert all(max(line[::2]) - min(line[::2]) < 10 for line in drawn["lines"])


@pytest.mark.parametrize(
    ("position", "doubt", "is_drawn"),
    [([892390, 6247035], "projected", False), ([43.3, 5.4], "swapped-axes", True), ([5.4, 43.3], None, True)],
)
def test_a_wrong_projection_or_axis_is_said(tmp_path: Path, position: list[float], doubt: str | None, is_drawn: bool):
    document = json.dumps({"type": "Point", "coordinates": position})
    drawn = map_from(written(tmp_path, document, "t.geojson"))
    assert drawn is not None
    assert (drawn["doubt"], "width" in drawn) == (doubt, is_drawn)
    projected = map_from(written(tmp_path, f"lon,lat\n{position[0]},{position[1]}\n"))
    assert projected is not None and projected["doubt"] == doubt


def test_positions_beyond_the_globe_are_left_out_of_the_map(tmp_path: Path):
    drawn = map_from(written(tmp_path, "lon,lat\n5.4,43.3\n170,95\n6.1,43.1\n"))
    assert drawn is not None
    assert (drawn["doubt"], drawn["total"]) == ("swapped-axes", 2)
    assert drawn["view"][2] < 10


def test_a_table_without_places_has_no_map(tmp_path: Path):
    assert map_from(written(tmp_path, "lon,name\n1,a\n")) is None
    assert map_from(written(tmp_path, "lon,lat\n,\n")) is None


def test_very_many_points_are_merged_rather_than_left_out(tmp_path: Path):
    rows = "".join(f"{n % 200 / 10},{n // 200 / 10}\n" for n in range(20_000))
    drawn = map_from(written(tmp_path, f"lon,lat\n{rows}"))
    assert drawn is not None
    assert drawn["total"] == 20_000
    assert 1_000 < len(drawn["points"]) / 2 <= MOST_POSITIONS


def test_a_shapefile_has_a_map(shared_data: Path):
    drawn = map_from(shared_data / "datasets" / "shapefile_sf_blockgroups.zip")
    assert drawn is not None
    assert (drawn["is_filled"], drawn["doubt"], "total" in drawn) == (True, None, False)
    assert drawn["view"][0] < -122.3 < drawn["view"][2]


def point(x: float, y: float) -> bytes:
    return struct.pack("<BIdd", 1, 1, x, y)


def geoparquet(path: Path, **column: Any) -> Path:
    shapes = ", ".join(f"(from_hex('{point(x, y).hex()}'))" for x, y in ((5.4, 43.3), (3.1, 36.8)))
    words = {"version": "1.1.0", "primary_column": "shape", "columns": {"shape": {"encoding": "WKB", **column}}}
    with duckdb.connect() as connection:
        stated = json.dumps(words).replace("'", "''")
        query = f"SELECT * FROM (VALUES {shapes}) AS t(shape)"
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, KV_METADATA {{geo: '{stated}'}})")
    return path


def test_a_geoparquet_has_a_map_of_its_shapes(tmp_path: Path):
    path = geoparquet(tmp_path / "t.parquet", geometry_types=["Point"])
    table = open_table(path, path.name)
    assert table is not None
    assert [(column.name, column.type) for column in survey(table).columns] == [("shape", "geometry")]
    drawn = map_from(path)
    assert drawn is not None
    assert (drawn["total"], len(drawn["points"])) == (2, 4)


def test_a_geoparquet_in_a_projection_says_so(tmp_path: Path):
    crs = {"id": {"authority": "EPSG", "code": 2154}}
    assert map_from(geoparquet(tmp_path / "t.parquet", geometry_types=["Point"], crs=crs)) == {
        "doubt": "projected",
        "columns": None,
    }


def test_well_known_binary_is_read_in_both_orders_with_heights_and_in_collections():
    big = struct.pack(">BIIdddd", 0, 2, 2, 1, 2, 3, 4)
    high = struct.pack("<BIddd", 1, 1001, 5, 6, 7)
    extended = struct.pack("<BIIddd", 1, 0xA0000001, 4326, 8, 9, 10)
    both = struct.pack("<BII", 1, 7, 2) + big + high
    square = struct.pack("<BIII8d", 1, 3, 1, 4, 0, 0, 1, 0, 1, 1, 0, 0)
    assert list(lines_of_wkb(both)) == [[[1, 2], [3, 4]], [[5, 6]]]
    assert list(lines_of_wkb(extended)) == [[[8, 9]]]
    assert list(lines_of_wkb(square)) == [[[0, 0], [1, 0], [1, 1], [0, 0]]]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x01",
        b"\x01\x02\x00\x00\x00\xff\xff\xff\xff",
        point(1, 2)[:-1],
        struct.pack("<BII", 1, 7, 1) * 50,
        struct.pack("<BIdd", 1, 1, float("nan"), float("nan")),
    ],
)
def test_damaged_binary_gives_no_shape_and_no_error(content: bytes):
    assert list(lines_of_wkb(content)) == []


def test_land_is_cut_to_the_box_and_left_out_where_it_would_lie_beside_the_truth():
    provence = (3.0, 42.0, 8.0, 45.0)
    positions = [position for ring in land_in(provence) for position in ring]
    assert positions
    assert all(3 <= x <= 8 and 42 <= y <= 45 for x, y in positions)
    assert land_in((5.3, 43.2, 5.5, 43.4)) == []


def test_land_around_the_date_line_has_no_line_across_the_map():
    drawn = [ring for ring in land_in((-180, -90, 180, 90)) if max(y for _, y in ring) > 60]
    steps = [abs(a[0] - b[0]) for ring in drawn for a, b in pairwise(ring)]
    assert max(steps) < 100


def test_a_square_is_cut_to_its_half():
    square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]
    assert sorted(clip(square, (0, 0, 1, 2))) == [(0, 0), (0, 2), (1, 0), (1, 2)]


@pytest.mark.parametrize("bounds", [(5.0, 43.0, 5.0, 43.0), (-180.0, 0.0, 180.0, 1.0), (2.0, -80.0, 2.5, 80.0)])
def test_a_map_is_neither_a_strip_nor_a_tower(bounds: tuple[float, float, float, float]):
    view = view_of(bounds)
    assert view.west <= bounds[0] and view.north >= bounds[3]
    assert 0.4 <= view.height / 1_000 <= 0.85


def test_coasts_come_back_as_degrees(tmp_path: Path):
    drawn = map_from(written(tmp_path, "lon,lat\n3,42\n8,45\n"))
    assert drawn is not None
    coast = coast_in_degrees(drawn)
    assert all(2 <= x <= 9 for x in coast["x"] if x is not None)
    assert all(41 <= y <= 46 for y in coast["y"] if y is not None)
    north = max(y for y in coast["y"] if y is not None)
    assert not any(a == b == north for a, b in pairwise(coast["y"])), "the side of the map is no coast"
