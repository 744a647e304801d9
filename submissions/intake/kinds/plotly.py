"""Plotly figures in JSON: a list of traces and, mostly, a layout."""

import re
from typing import Any

from submissions.intake.external import external_hosts
from submissions.intake.kinds.format import Format
from submissions.intake.kinds.json_document import refuse_deep
from submissions.intake.report import Finding, refusal
from submissions.intake.upload import Upload

KIND = "plotly"
# Members of Vega and Vega-Lite, which also have "data".
OF_OTHERS = {"$schema", "mark", "marks"}
MAP = re.compile(r"map(?:box)?\d*")
OPEN_STREET_MAP, CARTO = "tile.openstreetmap.org", "basemaps.cartocdn.com"
STYLES_ELSEWHERE = (
    "basic streets outdoors light dark satellite satellite-streets open-street-map carto-positron carto-darkmatter "
    "carto-voyager carto-positron-nolabels carto-darkmatter-nolabels carto-voyager-nolabels"
).split()


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
    refuse_deep(upload)
    hosts = external_hosts(upload.public_name, upload.text) | _tile_hosts(figure.get("layout", {}))
    return Finding(entry_point=upload.public_name, external_hosts=tuple(sorted(hosts)))


def _tile_hosts(layout: dict[str, Any]) -> set[str]:
    """The hosts of the background maps that the layout names by a word: plotly.js knows their addresses."""
    maps = [each for name, each in layout.items() if MAP.fullmatch(name) and isinstance(each, dict)]
    styles = {style for each in maps if isinstance(style := each.get("style", "basic"), str)}
    return {OPEN_STREET_MAP if style == "open-street-map" else CARTO for style in styles if style in STYLES_ELSEWHERE}


def _is_figure(upload: Upload) -> bool:
    if upload.suffix != ".json":
        return False
    figure = upload.document
    if not isinstance(figure, dict) or OF_OTHERS & figure.keys():
        return False
    return "data" in figure and ("layout" in figure or isinstance(figure["data"], list))


FORMATS = (Format("Plotly", KIND, (".json",), _is_figure, inspect),)
