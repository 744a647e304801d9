import json

import plotly.graph_objects as go
import pytest


def test_a_figure_written_by_plotly_is_accepted(codes):
    assert codes(go.Figure(go.Scatter(y=[1, None, 3])).to_json().encode(), "figure.json") == []


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b'{"data": [{"y": [1, 2', "malformed"),
        (b'{"data": [{"y": [NaN]}]}', "malformed"),
        (b'{"data": [{"y": [' + b"9" * 5000 + b"]}]}", "malformed"),
        (b'{"data": [1, 2], "layout": {}}', "malformed"),
        (b'{"data": {}, "layout": {}}', "malformed"),
        (b'{"data": [{}], "layout": []}', "malformed"),
        (b'{"data": [{"name": "\xff"}]}', "malformed"),
        (b"words", "malformed"),
        (b'{"data": [' + b"[" * 100_000 + b"]" * 100_000 + b"]}", "malformed"),
        (b'{"data": [{"y": ' + b"[" * 200 + b"]" * 200 + b"}]}", "malformed"),
        (b'{"data": [], "layout": {}}', "empty"),
        (b'{"rows": []}', "not-allowed"),
        (b"3", "not-allowed"),
    ],
)
def test_what_is_not_a_figure_is_refused(codes, document, code):
    assert codes(document, "figure.json") == [code]


def test_the_line_of_the_fault_is_told(check):
    assert "line 3" in check(b'{"data":\n[{}],\noops}', "figure.json").reasons[0].detail()


def test_images_loaded_from_elsewhere_are_listed(check):
    figure = {"data": [{"text": "https://read.example/"}], "layout": {"images": [{"source": "https://img.example/a"}]}}
    assert check(json.dumps(figure).encode(), "figure.json").external_hosts == ("img.example",)
