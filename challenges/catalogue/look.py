"""Looking into a file, in the confined process: it imports little, so that it starts quickly."""

from pathlib import Path
from typing import Any

from challenges.catalogue.charts.series import NotDrawable, series_of
from challenges.catalogue.inspect.columns import survey
from challenges.catalogue.inspect.read import Unreadable, inspect_file, open_table


def look_into(path: str, name: str, chart: dict[str, Any] | None) -> dict[str, Any]:
    """What a file holds, with the series of its suggested chart where it fits the file."""
    try:
        table = open_table(Path(path), name)
    except Unreadable:
        table = None
    if table is None:
        return inspect_file(Path(path), name).as_dict()
    inspection = survey(table)
    answer = inspection.as_dict()
    if chart is not None:
        try:
            answer["series"] = series_of(table, inspection, chart)
        except NotDrawable as error:
            answer["not_drawn"] = str(error)
    return answer
