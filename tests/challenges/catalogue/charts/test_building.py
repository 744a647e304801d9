"""Charts of one's own choices, from files as people write them."""

from pathlib import Path
from typing import Any

import pytest

from challenges.catalogue.charts.building import build
from challenges.catalogue.charts.choices import Choices, Fault, Kind, choices_from, choices_of
from challenges.catalogue.charts.figure import Words, figure_of, twin_of
from challenges.catalogue.charts.series import OTHER
from challenges.catalogue.inspect.columns import survey
from challenges.catalogue.inspect.read import open_table

WORDS = Words(
    "number of rows",
    "others",
    "no value",
    ("least", "lower", "median", "upper", "greatest"),
    {"sum": "sum of %(column)s"},
)
SALES = """\
town;year;day;amount
Fos;2020;01/02/2020;1,5
Fos;2021;02/02/2020;2,5
Sète;2021;03/02/2020;
;2021;;4
NA;2021;;8
"""


def columns_of(path: Path, name: str) -> list[dict[str, Any]]:
    table = open_table(path, name)
    assert table is not None
    return survey(table).as_dict()["columns"]


def draw(folder: Path, content: str, name: str = "t.csv", **asked: Any) -> dict[str, Any]:
    path = folder / name
    path.write_text(content)
    columns = columns_of(path, name)
    choices = choices_from({key: str(value) for key, value in asked.items()})
    assert choices.faults(columns) == {}
    return build(str(path), name, columns, choices.as_dict())


def test_decimal_commas_add_up_and_rows_without_a_value_are_counted_out(tmp_path: Path):
    series = draw(tmp_path, SALES, kind="bars", x="town", y="amount", aggregate="sum")
    assert series["groups"] == [{"name": None, "x": ["Fos"], "y": [4]}]
    assert (series["total"], series["left_out"]) == (2, 3)
    assert figure_of(series, WORDS)["layout"]["xaxis"]["title"]["text"] == "sum of amount"


def test_rows_are_counted_whether_or_not_they_have_an_amount(tmp_path: Path):
    series = draw(tmp_path, SALES, kind="bars", x="town", y="amount", aggregate="count")
    assert (series["groups"][0]["x"], series["groups"][0]["y"]) == (["Fos", "Sète"], [2, 1])
    assert (series["y"], series["left_out"]) == (None, 2)


def test_a_filter_keeps_the_rows_with_exactly_this_text(tmp_path: Path):
    series = draw(tmp_path, SALES, kind="bars", x="year", y="amount", aggregate="sum", where="town", equals="Fos")
    assert (series["kind"], series["groups"][0]["x"], series["groups"][0]["y"]) == ("bar", [2020, 2021], [1.5, 2.5])
    without = draw(tmp_path, SALES, kind="bars", x="year", y="amount", aggregate="sum", where="town", equals="")
    assert without["groups"][0]["y"] == [12]


def test_french_dates_stand_in_order_on_a_line(tmp_path: Path):
    series = draw(tmp_path, SALES, kind="line", x="day", y="amount", aggregate="max")
    assert series["groups"][0]["x"] == ["2020-02-01", "2020-02-02"]


def test_years_keep_their_order_and_the_others_stand_at_the_end(tmp_path: Path):
    rows = "".join(f"{year}\n" * (year - 1999) for year in range(2000, 2006))
    series = draw(tmp_path, f"year\n{rows}", kind="bars", x="year", top=2)
    assert (series["groups"][0]["x"], series["groups"][0]["y"]) == ([2004, 2005, OTHER], [5, 6, 10])
    figure = figure_of(series, WORDS)
    assert (figure["data"][0]["x"], figure["layout"]["xaxis"]["type"]) == ([2004, 2005, "others"], "category")
    assert twin_of(series, WORDS).rows[-1] == ["others", 10]


def test_colours_are_stacked_where_they_are_parts_of_a_whole_and_side_by_side_elsewhere(tmp_path: Path):
    content = "x,c,v\na,m,1\na,n,2\nb,m,3\n"
    stacked = draw(tmp_path, content, kind="bars", x="x", y="v", aggregate="sum", colour="c")
    beside = draw(tmp_path, content, kind="bars", x="x", y="v", aggregate="mean", colour="c")
    assert figure_of(stacked, WORDS)["layout"]["barmode"] == "stack"
    assert figure_of(beside, WORDS)["layout"]["barmode"] == "group"
    assert [bar["name"] for bar in figure_of(stacked, WORDS)["data"]] == ["m", "n"]


def test_a_histogram_of_dates_counts_each_once(tmp_path: Path):
    rows = "".join(f"2024-01-{day:02}\n" for day in range(1, 32))
    series = draw(tmp_path, f"day\n{rows}", kind="histogram", x="day")
    assert sum(series["groups"][0]["y"]) == 31
    assert (series["groups"][0]["x"][0], series["width"]) == ("2024-01-01T00:00:00", 30 * 86_400_000 / 20)


def test_boxes_keep_the_largest_groups_and_join_the_rest(tmp_path: Path):
    rows = "".join(f"a,{n}\n" for n in range(5)) + "b,1\nc,9\n"
    series = draw(tmp_path, f"g,v\n{rows}", kind="box", x="g", y="v", top=1)
    assert [(group["name"], group["y"]) for group in series["groups"]] == [
        ("a", [0, 1, 2, 3, 4]),
        (OTHER, [1, 3, 5, 7, 9]),
    ]


def test_an_inspection_of_old_is_read_again(tmp_path: Path):
    path = tmp_path / "t.csv"
    path.write_text("x;v\na;1,5\n")
    old = [{"name": each["name"], "type": each["type"]} for each in columns_of(path, "t.csv")]
    series = build(str(path), "t.csv", old, Choices(x="x", y="v", aggregate="sum").as_dict())
    assert series["groups"][0]["y"] == [1.5]


def test_nothing_left_is_said(tmp_path: Path):
    assert draw(tmp_path, "x\na\n", kind="bars", x="x", where="x", equals="b") == {"fault": Fault.NO_VALUES}


COLUMNS = [{"name": "t", "type": "string"}, {"name": "n", "type": "number"}, {"name": "g", "type": "geometry"}]


@pytest.mark.parametrize(
    ("asked", "faults"),
    [
        ({"x": "t"}, {}),
        ({}, {"x": Fault.COLUMN_NEEDED}),
        ({"x": "nowhere"}, {"x": Fault.NO_SUCH_COLUMN}),
        ({"x": "g"}, {"x": Fault.NO_SUCH_COLUMN}),
        ({"x": "t", "aggregate": "sum"}, {"y": Fault.COLUMN_NEEDED}),
        ({"x": "t", "aggregate": "sum", "y": "t"}, {"y": Fault.NUMBER_NEEDED}),
        ({"x": "t", "kind": "histogram"}, {"x": Fault.MEASURE_NEEDED}),
        ({"x": "n", "kind": "points", "y": "t"}, {"y": Fault.MEASURE_NEEDED}),
        ({"x": "t", "top": "0"}, {"top": Fault.NO_SUCH_NUMBER}),
        ({"x": "t", "top": "51"}, {"top": Fault.NO_SUCH_NUMBER}),
        ({"x": "t", "top": "²"}, {"top": Fault.NO_SUCH_NUMBER}),
        ({"x": "t", "colour": "no", "where": "no"}, {"colour": Fault.NO_SUCH_COLUMN, "where": Fault.NO_SUCH_COLUMN}),
        ({"x": "t", "kind": "<pie>", "aggregate": "all"}, {}),
    ],
)
def test_choices_that_make_no_chart_say_why_at_their_field(asked: dict[str, str], faults: dict[str, Fault]):
    assert choices_from(asked).faults(COLUMNS) == faults


def test_an_address_gives_back_the_choices_that_made_it():
    choices = Choices(kind=Kind.BOX, x="a & b", y="é", where="=1", equals="x y", top=3)
    assert choices_from({name: str(value) for name, value in choices.as_dict().items()}) == choices


@pytest.mark.parametrize(
    ("suggestion", "kind"),
    [
        ({"type": "bar-count", "x": "t", "y": None}, Kind.BARS),
        ({"type": "scatter", "x": "n", "y": "n", "colour": "t"}, Kind.POINTS),
        ({"type": "box", "x": "t", "y": "n"}, Kind.BOX),
    ],
)
def test_a_suggested_chart_can_be_gone_on_from(suggestion: dict[str, Any], kind: Kind):
    choices = choices_of(suggestion)
    assert choices is not None
    assert (choices.kind, choices.faults(COLUMNS)) == (kind, {})
    assert choices_of({"type": "map", "x": None}) is None
