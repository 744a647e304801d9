"""Jupyter notebooks, formats 3 and 4: rendered from what was saved in them, never run."""

from submissions.intake.kinds.format import Format
from submissions.intake.kinds.json_document import member, refuse_deep
from submissions.intake.rendering.notebook import read_notebook
from submissions.intake.report import Finding, refusal
from submissions.intake.upload import Upload

KIND = "notebook"
FORMATS_READ = (3, 4)


def inspect(upload: Upload) -> Finding:
    """Read the cells as the rendering will."""
    refuse_deep(upload)
    if member(upload, "nbformat") not in FORMATS_READ:
        raise refusal("not-allowed.nbformat", item=upload.name)
    try:
        notebook = read_notebook(upload.document)
    except ValueError:
        raise refusal("malformed.notebook", item=upload.name) from None
    if not any(cell.source.strip() or cell.outputs for cell in notebook.cells):
        raise refusal("empty.notebook", item=upload.name)
    outputs = sum(len(cell.outputs) for cell in notebook.cells)
    return Finding(upload.public_name, facts={"cells": len(notebook.cells), "outputs": outputs})


def is_notebook(upload: Upload) -> bool:
    """Whether it has cells and says which format of notebooks it is."""
    cells = member(upload, "cells"), member(upload, "worksheets")
    return any(isinstance(each, list) for each in cells) and member(upload, "nbformat") is not None


FORMATS = (Format("Jupyter", KIND, (".ipynb",), is_notebook, inspect),)
