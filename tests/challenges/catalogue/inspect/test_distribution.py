"""How the values of columns are spread."""

from pathlib import Path
from typing import Any

import pytest

from challenges.catalogue.inspect import distribution
from challenges.catalogue.inspect.columns import survey
from challenges.catalogue.inspect.distribution import BINS, distributions
from challenges.catalogue.inspect.read import open_table


def spread(folder: Path, content: str, name: str = "t.csv") -> list[dict[str, Any] | None]:
    path = folder / name
    path.write_text(content)
    table = open_table(path, name)
    assert table is not None
    found = survey(table)
    return distributions(table, found.columns, found.rows or 0)


def test_numbers_fall_into_equal_steps_and_each_is_counted_once(tmp_path: Path):
    rows = "".join(f"{n},5;a;b\n" for n in range(100))
    found, *_ = spread(tmp_path, f"v;w;x\n{rows}NA;a;b\n;a;b\n")
    assert found is not None
    assert (found["edges"][0], found["edges"][-1], len(found["counts"])) == (0.5, 99.5, BINS)
    assert sum(found["counts"]) == 100


def test_whole_numbers_have_steps_of_whole_numbers(tmp_path: Path):
    (found,) = spread(tmp_path, "v\n1\n2\n2\n4\n")
    assert found == {"kind": "bins", "edges": [1, 2, 3, 4, 5], "counts": [1, 2, 0, 1]}
    (years,) = spread(tmp_path, "v\n" + "".join(f"{year}\n" for year in range(1960, 2021)))
    assert years is not None
    assert (years["edges"][:2], sum(years["counts"])) == ([1960, 1966], 61)


def test_dates_in_french_order_have_edges_in_iso_order(tmp_path: Path):
    (found,) = spread(tmp_path, "d\n31/12/2020\n01/01/2020\n02/01/2020\n")
    assert found is not None
    assert (found["edges"][0], found["edges"][-1]) == ("2020-01-01", "2020-12-31")
    assert (found["counts"][0], found["counts"][-1]) == (2, 1)


@pytest.mark.parametrize(
    ("days", "edges", "counts"),
    [
        (["2026-01-01", "2026-01-03", "2026-01-03"], ["01", "02", "03", "03"], [1, 0, 2]),
        (["0001-01-01", "0001-01-02"], ["01", "02", "02"], [1, 1]),
        (["9999-12-31", "9999-12-30"], ["30", "31", "31"], [1, 1]),
    ],
)
def test_days_are_counted_in_whole_days(tmp_path: Path, days: list[str], edges: list[str], counts: list[int]):
    whole = [f"{days[0][:8]}{edge}" for edge in edges]
    assert spread(tmp_path, "\n".join(["d", *days, ""])) == [{"kind": "bins", "edges": whole, "counts": counts}]


def test_one_value_alone_is_one_step(tmp_path: Path):
    assert spread(tmp_path, "v\n1.5\n1.5\n") == [{"kind": "bins", "edges": [1.5, 2.5], "counts": [2]}]


def test_texts_are_ranked_and_the_rest_is_what_is_left(tmp_path: Path):
    rows = "".join(f"{letter}\n" * count for letter, count in zip("hgfedcba", range(8, 0, -1), strict=True))
    (found,) = spread(tmp_path, f"v\n{rows}NA\n\n")
    assert found is not None
    assert found["values"] == [["h", 8], ["g", 7], ["f", 6], ["e", 5], ["d", 4], ["c", 3]]
    assert found["other"] == 3


def test_of_equally_frequent_values_the_first_by_name_stands_first(tmp_path: Path):
    (found,) = spread(tmp_path, "v\nb\nb\na\na\nc\n")
    assert found is not None
    assert [value for value, _ in found["values"]] == ["a", "b", "c"]


def test_the_code_of_namibia_is_a_value_and_a_missing_cell_is_none(tmp_path: Path):
    (codes,) = spread(tmp_path, "country\nFR\nFR\nNA\nMA\n")
    (words,) = spread(tmp_path, "town\nFos\nFos\nNA\nAlger\n")
    assert codes is not None and words is not None
    assert ["NA", 1] in codes["values"]
    assert [value for value, _ in words["values"]] == ["Fos", "Alger"]


def test_keys_geometries_and_empty_columns_have_no_distribution(tmp_path: Path):
    assert spread(tmp_path, "key,nothing\na,\nb,\n") == [None, None]
    point = '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [5, 43]}}'
    assert spread(tmp_path, f'{{"type": "FeatureCollection", "features": [{point}]}}', "t.geojson") == [None]


def test_a_very_long_table_is_read_by_one_row_in_several(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(distribution, "MOST_ROWS", 100)
    rows = "".join(f"{n};{'ab'[n % 2]};x\n" for n in range(250))
    numbers, letters, same = spread(tmp_path, f"n;l;s\n{rows}")
    assert numbers is not None and letters is not None and same is not None
    assert (numbers["every"], sum(numbers["counts"])) == (3, 252)
    assert letters["values"] == [["a", 126], ["b", 126]]
    assert same["values"] == [["x", 252]]
