"""Notebooks as pages: what their authors saw, drawn again from what was saved. Nothing is run. Runs confined."""

import json
from pathlib import Path

from submissions.intake.rendering.notebook import read_notebook
from submissions.intake.rendering.page import page_of


def render_notebook(source: str, target: str) -> None:
    """Write a notebook (.ipynb, format 3 or 4) as one HTML page that carries everything it shows.

    Raises ValueError for a file that intake would refuse. Figures of Plotly and Vega are drawn by `/vendor/` of the
    host that shows the page; all else needs nothing.
    """
    document = json.loads(Path(source).read_bytes().decode("utf-8-sig"))
    Path(target).write_text(page_of(read_notebook(document)), encoding="utf-8")
