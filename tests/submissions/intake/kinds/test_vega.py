import pytest

from tests.support.uploads import VEGA, VEGA_LITE, json_bytes

PLOT = {"mark": "bar", "data": {"url": "data/ports.csv"}}


@pytest.mark.parametrize(
    ("document", "kind"),
    [
        (VEGA_LITE, "vega-lite"),
        (VEGA, "vega"),
        (PLOT, "vega-lite"),
        ({"hconcat": [PLOT, PLOT]}, "vega-lite"),
        ({"layer": [PLOT], "data": {"values": []}}, "vega-lite"),
        ({"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "spec": PLOT, "repeat": ["a"]}, "vega-lite"),
        ({"marks": [{"type": "rect"}], "data": []}, "vega"),
        ({"$schema": "https://vega.github.io/schema/vega/v5.json", "data": [], "marks": [{}]}, "vega"),
    ],
)
def test_a_specification_is_known_by_what_it_says_or_draws(check, document, kind):
    report = check(json_bytes(document), "chart.json")
    assert (report.reasons, report.kind) == ((), kind)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"$schema": "https://vega.github.io/schema/vega-lite/v5.json"}, "empty"),
        ({"$schema": "https://vega.github.io/schema/vega/v5.json", "data": []}, "empty"),
        ({**VEGA, "marks": ["rect"]}, "malformed"),
        ({**VEGA, "marks": {}}, "malformed"),
        ({"$schema": "https://example.org/other", "rows": []}, "not-allowed"),
    ],
)
def test_what_draws_nothing_or_has_no_shape_is_refused(codes, document, code):
    assert codes(json_bytes(document), "chart.json") == [code]


def test_hosts_of_data_are_listed_wherever_they_stand(check):
    layers = [{**PLOT, "data": {"url": "https://data.example/ports"}}, {**PLOT, "data": {"url": "//b.example/a.csv"}}]
    document = {"layer": [*layers, {**PLOT, "data": {"url": "own.csv"}}, {**PLOT, "data": {"url": "http://[bad"}}]}
    assert check(json_bytes(document), "chart.json").external_hosts == ("b.example", "data.example")
