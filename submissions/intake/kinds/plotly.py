"""Plotly figures in JSON: a list of traces and, mostly, a layout."""

from typing import Any

from submissions.intake.external import external_hosts
from submissions.intake.kinds.format import Format
from submissions.intake.report import Finding, refusal
from submissions.intake.upload import Upload

KIND = "plotly"
# Members of Vega and Vega-Lite, which also have "data".
OF_OTHERS = {"$schema", "mark", "marks"}


def inspect(upload: Upload) -> Finding:
    """Check the shape of the figure."""
    figure = upload.document
    traces = figure["data"]
    if not isinstance(traces, list) or not all(isinstance(trace, dict) for trace in traces):
        raise refusal("malformed.chart", item=upload.name)
    if not isinstance(figure.get("layout", {}), dict):
        raise refusal("malformed.chart", item=upload.name)
    if not traces:
        raise refusal("empty.chart", item=upload.name)
    if _depth_exceeds(figure, upload.limits.json_depth):
        raise refusal("malformed.depth", item=upload.name, limit=upload.limits.json_depth)
    hosts = external_hosts(upload.public_name, upload.text)
    return Finding(entry_point=upload.public_name, external_hosts=tuple(sorted(hosts)))


def _depth_exceeds(document: Any, limit: int) -> bool:
    level = [document]
    for _ in range(limit):
        level = [value for container in level for value in _values(container) if isinstance(value, dict | list)]
        if not level:
            return False
    return True


def _values(container: Any) -> Any:
    return container.values() if isinstance(container, dict) else container


def _is_figure(upload: Upload) -> bool:
    if upload.suffix != ".json":
        return False
    figure = upload.document
    if not isinstance(figure, dict) or OF_OTHERS & figure.keys():
        return False
    return "data" in figure and ("layout" in figure or isinstance(figure["data"], list))


FORMATS = (Format("Plotly", KIND, (".json",), _is_figure, inspect),)
