"""A notebook as its cells, whatever format it was saved in. nbformat.readthedocs.io describes formats 3 and 4."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# Names of format 3 for what format 4 calls by media type.
OLD_NAMES = {
    "text": "text/plain",
    "html": "text/html",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "latex": "text/latex",
    "json": "application/json",
    "javascript": "application/javascript",
}
LEXERS = {"ipython": "python", "ipython3": "python", "ir": "r"}
MARKS = {"input": ("source_hidden",), "output": ("outputs_hidden",)}


@dataclass(frozen=True)
class Output:
    """What a cell showed: `text` of a stream or an error, or `data`, the same thing in several media types."""

    text: str = ""
    is_error: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """A cell: "markdown", "code" or "raw". `folded` names the parts that its author chose to fold away."""

    kind: str
    source: str
    outputs: Sequence[Output] = ()
    attachments: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    folded: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Notebook:
    """The cells to show, and the name of their language as Pygments knows it."""

    cells: Sequence[Cell]
    language: str


def read_notebook(document: Mapping[str, Any]) -> Notebook:
    """The notebook in a JSON document. Raises ValueError where its shape is wrong."""
    try:
        cells = [_cell(each) for each in _raw_cells(document) if not _marked(each, "cell")]
        return Notebook(cells, _language(document.get("metadata", {})))
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError(f"not the shape of a notebook: {error}") from None


def joined(text: Any) -> str:
    """A text that is stored whole, or as a list of its lines."""
    if isinstance(text, list):
        return "".join(str(line) for line in text)
    return "" if text is None else str(text)


def _raw_cells(document: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if "worksheets" in document:
        return [cell for sheet in document["worksheets"] for cell in sheet.get("cells", [])]
    return list(document["cells"])


def _cell(raw: Mapping[str, Any]) -> Cell:
    kind, source = raw["cell_type"], joined(raw.get("source", raw.get("input", "")))
    if kind == "heading":
        return Cell("markdown", f"{'#' * min(6, max(1, int(raw.get('level', 1))))} {source}")
    removed = {part for part in ("input", "output") if _marked(raw, part)}
    return Cell(
        kind,
        "" if "input" in removed and kind == "code" else source,
        [] if "output" in removed else [_output(each) for each in raw.get("outputs", [])],
        raw.get("attachments", {}),
        frozenset(part for part in ("input", "output") if _is_folded(raw, part)),
    )


def _marked(raw: Mapping[str, Any], part: str) -> bool:
    """Whether a tag asks that a part is left out: "remove-cell", "remove_input"."""
    tags = {str(tag).replace("_", "-") for tag in raw.get("metadata", {}).get("tags", [])}
    return f"remove-{part}" in tags


def _is_folded(raw: Mapping[str, Any], part: str) -> bool:
    metadata = raw.get("metadata", {})
    tags = {str(tag).replace("_", "-") for tag in metadata.get("tags", [])}
    hidden = any(metadata.get("jupyter", {}).get(mark) for mark in MARKS[part])
    return hidden or f"hide-{part}" in tags or bool(metadata.get(f"hide_{part}"))


def _output(raw: Mapping[str, Any]) -> Output:
    match raw["output_type"]:
        case "stream":
            return Output(joined(raw.get("text")))
        case "error" | "pyerr":
            lines = "\n".join(str(line) for line in raw.get("traceback", []))
            return Output(lines or f"{raw.get('ename', '')}: {raw.get('evalue', '')}", is_error=True)
    if "data" in raw:
        return Output(data=raw["data"])
    return Output(data={OLD_NAMES[name]: value for name, value in raw.items() if name in OLD_NAMES})


def _language(metadata: Mapping[str, Any]) -> str:
    info, kernel = metadata.get("language_info", {}), metadata.get("kernelspec", {})
    name = info.get("pygments_lexer") or info.get("name") or kernel.get("language") or "python"
    name = name.get("name", "python") if isinstance(name, dict) else str(name)
    return LEXERS.get(name.lower(), name.lower())
