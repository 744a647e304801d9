"""Notebooks: what programs keep beside cells goes. The text, code and outputs of cells are the team's to change."""

import json
import re
from typing import Any

from submissions.intake.traces.embedded import FORMATS, scrub_base64
from submissions.intake.traces.trace import Label, Scrubbed, Trace, distinct, trace

KEPT_METADATA = ("language_info", "kernelspec")
KEPT_KERNEL = ("name", "language", "display_name")
KEPT_CELL_METADATA = ("tags", "collapsed", "scrolled", "jupyter", "slideshow", "hidePrompt", "hide_input")
HOME = re.compile(r"(?:/(?:home|Users)/|[A-Z]:\\+Users\\+)[^/\\\s\"']+")


def scrub(content: bytes) -> Scrubbed:
    """The notebook, written again without those parts; as it is when it is no JSON, which its kind refuses."""
    try:
        notebook = json.loads(content.decode("utf-8-sig"))
        traces = [*_document_traces(notebook), *_cells_traces(notebook)]
    except (ValueError, RecursionError, AttributeError, TypeError):
        return Scrubbed(content)
    if not traces:
        return Scrubbed(content)
    return Scrubbed(json.dumps(notebook, ensure_ascii=False, indent=1).encode(), distinct(traces))


def folders_told(text: str) -> list[Trace]:
    """Home folders that the text shows, as errors and paths do: told to the team, never rewritten."""
    return [trace(Label.FOLDERS, found) for found in list(dict.fromkeys(HOME.findall(text)))[:3]]


def _document_traces(notebook: dict[str, Any]) -> list[Trace]:
    metadata = notebook.get("metadata", {})
    authors = [_name(each) for each in metadata.get("authors", [])]
    traces = [trace(Label.AUTHOR, name) for name in authors if name]
    removed = [name for name in metadata if name not in KEPT_METADATA]
    traces += [trace(Label.OTHER, name) for name in removed if name != "authors"]
    kernel = metadata.get("kernelspec", {})
    traces += [trace(Label.FOLDERS, name) for name in kernel if name not in KEPT_KERNEL]
    metadata |= {"kernelspec": {name: value for name, value in kernel.items() if name in KEPT_KERNEL}}
    notebook["metadata"] = {name: metadata[name] for name in KEPT_METADATA if metadata.get(name)}
    return traces


def _name(author: Any) -> str:
    return str(author.get("name", "")) if isinstance(author, dict) else str(author)


def _cells_traces(notebook: dict[str, Any]) -> list[Trace]:
    sheets = notebook.get("worksheets", [])
    cells = [*notebook.get("cells", []), *(cell for sheet in sheets for cell in sheet.get("cells", []))]
    return [trace for cell in cells for trace in _cell_traces(cell)]


def _cell_traces(cell: dict[str, Any]) -> list[Trace]:
    metadata = cell.get("metadata", {})
    user = metadata.get("executionInfo", {}).get("user", {}).get("displayName")
    traces = [trace(Label.AUTHOR, user)] if user else []
    removed = [name for name in metadata if name not in KEPT_CELL_METADATA]
    traces += [trace(Label.OTHER, name) for name in removed if not (user and name == "executionInfo")]
    for name in removed:
        del metadata[name]
    for bundle in [output.get("data", {}) for output in cell.get("outputs", [])] + list(
        cell.get("attachments", {}).values()
    ):
        traces += _bundle_traces(bundle)
    return traces


def _bundle_traces(bundle: dict[str, Any]) -> list[Trace]:
    traces: list[Trace] = []
    for media_type, content in bundle.items():
        image_format = FORMATS.get(media_type.removeprefix("image/").encode())
        if image_format and isinstance(content, str):
            clean = scrub_base64(content.encode(), image_format)
            bundle[media_type] = clean.content.decode() if clean.traces else content
            traces += clean.traces
    return traces
