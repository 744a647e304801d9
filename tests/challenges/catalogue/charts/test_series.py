"""The numbers behind a suggested chart."""

import json
from pathlib import Path

import pytest

from challenges.catalogue.charts.figure import Words, figure_of, twin_of
from challenges.catalogue.charts.series import MOST_POINTS, NotDrawable, Series, series_of
from challenges.catalogue.inspect.columns import survey
from challenges.catalogue.inspect.read import open_table

WORDS = Words("number of rows", "others", "no value", ("least", "lower", "median", "upper", "greatest"))


def draw(folder: Path, content: str, name: str = "t.csv", **suggestion: str | None) -> Series:
    path = folder / name
    path.write_text(content)
    table = open_table(path, name)
    assert table is not None
    return series_of(table, survey(table), suggestion)


def test_rows_are_counted_and_ranked(tmp_path: Path):
    series = draw(tmp_path, "port,sea\nFos,m\nFos,m\nBrest,a\n,a\n", type="bar-count", x="port")
    assert series["groups"] == [{"name": None, "x": ["Fos", "Brest"], "y": [2, 1]}]
    figure = figure_of(series, WORDS)
    assert figure["data"][0]["orientation"] == "h"
    assert figure["layout"]["xaxis"]["title"]["text"] == "number of rows"
    assert twin_of(series, WORDS).rows == [["Fos", 2], ["Brest", 1]]


def test_bars_over_years_keep_the_order_of_years_and_add_up(tmp_path: Path):
    series = draw(tmp_path, "year;t\n2021;1,5\n2020;2\n2021;1\n", type="bar", x="year", y="t")
    assert series["groups"][0] == {"name": None, "x": [2020, 2021], "y": [2, 2.5]}


def test_lines_are_grouped_sorted_and_limited_to_the_highest(tmp_path: Path):
    rows = "".join(f"c{n},{year},{n * year}\n" for year in (2001, 2000) for n in range(1, 11))
    series = draw(tmp_path, f"country,year,value\n{rows}", type="line", x="year", y="value", colour="country")
    assert [group["name"] for group in series["groups"]] == ["c10", "c9", "c8", "c7", "c6", "c5", "c4"]
    assert series["groups"][0]["x"] == [2000, 2001]
    assert series["groups_total"] == 10


def test_a_large_scatter_is_thinned_and_says_so(tmp_path: Path):
    rows = "".join(f"{n % 360 - 180},{n % 90}\n" for n in range(3 * MOST_POINTS))
    series = draw(tmp_path, f"longitude,latitude\n{rows}", type="scatter", x="longitude", y="latitude")
    assert (series["shown"], series["total"]) == (MOST_POINTS, 3 * MOST_POINTS)
    assert figure_of(series, WORDS)["layout"]["yaxis"]["scaleanchor"] == "x"


def test_few_very_large_values_make_the_scale_logarithmic(tmp_path: Path):
    series = draw(tmp_path, "p,q\n1,1\n2,2\n3,1\n1000000,2\n0,1\n", type="scatter", x="p", y="q")
    assert series["logarithmic"] == ["x"]
    assert (series["shown"], series["total"]) == (4, 5)
    assert figure_of(series, WORDS)["layout"]["xaxis"]["type"] == "log"


def test_a_histogram_counts_every_value_once(tmp_path: Path):
    series = draw(tmp_path, "name,km\n" + "".join(f"a,{n}\n" for n in range(101)), type="histogram", x="km")
    assert sum(series["groups"][0]["y"]) == 101
    assert series["groups"][0]["x"][0] == 0


def test_a_box_holds_five_numbers(tmp_path: Path):
    series = draw(tmp_path, "p,v\n" + "".join(f"suez,{n}\n" for n in range(5)), type="box", x="p", y="v")
    assert series["groups"][0]["y"] == [0, 1, 2, 3, 4]
    assert twin_of(series, WORDS).rows == [["suez", 0, 1, 2, 3, 4]]


def test_an_outline_is_cut_at_the_edge_of_the_map(tmp_path: Path):
    ring = [[179, 0], [-179, 0], [-179, 1], [179, 1], [179, 0]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    document = json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": shape}]})
    series = draw(tmp_path, document, "t.geojson", type="map")
    assert series["groups"][0]["x"] == [179, None, -179, -179, None, 179, 179, None]


@pytest.mark.parametrize(
    "suggestion",
    [
        {"type": "pie", "x": "a"},
        {"type": "line", "x": "a", "y": "nowhere"},
        {"type": "map"},
        {"type": "histogram", "x": "t"},
    ],
)
def test_a_suggestion_that_does_not_fit_is_refused(tmp_path: Path, suggestion: dict[str, str]):
    with pytest.raises(NotDrawable):
        draw(tmp_path, "a,t\n1,x\n", **suggestion)
