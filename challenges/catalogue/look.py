"""Looking into a file, in the confined process: it imports little, so that it starts quickly."""

from pathlib import Path
from typing import Any

from challenges.catalogue.charts.maps import map_of
from challenges.catalogue.charts.series import NotDrawable, series_of
from challenges.catalogue.inspect.columns import survey
from challenges.catalogue.inspect.distribution import distributions
from challenges.catalogue.inspect.read import Unreadable, inspect_file, open_table


def look_into(path: str, name: str, chart: dict[str, Any] | None) -> dict[str, Any]:
    """What a file holds, how its values are spread, its map, and the series of its suggested chart where that fits."""
    try:
        table = open_table(Path(path), name)
    except Unreadable:
        table = None
    if table is None:
        return inspect_file(Path(path), name).as_dict()
    inspection = survey(table)
    answer = inspection.as_dict()
    for column, spread in zip(
        answer["columns"], distributions(table, inspection.columns, inspection.rows or 0), strict=True
    ):
        column["distribution"] = spread
    answer["map"] = map_of(table, inspection.columns)
    if chart is not None:
        try:
            answer["series"] = series_of(table, inspection, chart)
        except NotDrawable as error:
            answer["not_drawn"] = str(error)
    return answer
