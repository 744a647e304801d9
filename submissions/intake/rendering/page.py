"""The page around the cells."""

import json
import re
from functools import cache
from html import escape
from pathlib import Path

from pygments.formatters import HtmlFormatter

from submissions.intake.rendering.notebook import Cell, Notebook, read_notebook
from submissions.intake.rendering.outputs import libraries_of, output_html
from submissions.intake.rendering.text import code_html, markdown_html

HEADING = re.compile(r"^#\s+(.+)$", re.MULTILINE)
FRENCH = re.compile(r"\b(?:le|la|les|des|une|est|dans|pour|avec|sur)\b", re.IGNORECASE)
ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|for|with|on|that)\b", re.IGNORECASE)
# Of the schemes that come with it, the one whose every colour is read easily on our ground (4.5 to 1).
COLOURS = "xcode"
LIBRARIES = {"plotly": "plotly.min.js", "vega": "vega.min.js"}
# Frames tell how tall they are; only their own window is believed, and only a number.
HEIGHTS = (
    "addEventListener('message', (told) => { for (const frame of document.querySelectorAll('iframe.live')) "
    "if (frame.contentWindow === told.source && Number.isFinite(told.data?.height)) "
    "frame.style.height = `${Math.min(told.data.height, 6000)}px`; });"
)


def render_notebook(source: str, target: str) -> None:
    """Write a notebook (.ipynb, format 3 or 4) as one HTML page that carries everything it shows.

    Raises ValueError for a file that intake would refuse. Figures of Plotly and Vega are drawn by `/vendor/` of the
    host that shows the page; all else needs nothing.
    """
    document = json.loads(Path(source).read_bytes().decode("utf-8-sig"))
    Path(target).write_text(page_of(read_notebook(document)), encoding="utf-8")


def page_of(notebook: Notebook) -> str:
    """The whole page."""
    cells = "\n".join(filter(None, (_cell(cell, notebook.language) for cell in notebook.cells)))
    text = "\n".join(cell.source for cell in notebook.cells if cell.kind == "markdown")
    title = HEADING.search(text)
    return (
        f'<!doctype html>\n<html lang="{_language(text)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title[1].strip() if title else 'Notebook')}</title>\n<style>{_sheet()}</style>\n"
        f"{_scripts(cells)}</head>\n<body>\n<main>\n{cells}\n</main>\n</body>\n</html>\n"
    )


def _cell(cell: Cell, language: str) -> str:
    match cell.kind:
        case "markdown":
            return f'<section class="text">{markdown_html(cell.source, cell.attachments)}</section>'
        case "code":
            outputs = "".join(filter(None, map(output_html, cell.outputs)))
            shown = _part("output", f'<div class="outputs">{outputs}</div>', cell) if outputs else ""
            return f'<section class="code">{_code(cell, language)}{shown}</section>'
        case _:
            return f'<section class="text"><pre>{escape(cell.source)}</pre></section>' if cell.source.strip() else ""


def _code(cell: Cell, language: str) -> str:
    if not cell.source.strip():
        return ""
    code = code_html(cell.source.strip("\n"), language)
    return _part("input", f'<pre class="source" tabindex="0"><code>{code}</code></pre>', cell)


def _part(part: str, html: str, cell: Cell) -> str:
    return f"<details><summary>…</summary>{html}</details>" if part in cell.folded else html


def _scripts(cells: str) -> str:
    needed = libraries_of(cells)
    names = [LIBRARIES[name] for name in needed] + (["notebook.js"] if needed else [])
    lines = [f'<script src="/vendor/{name}" defer></script>\n' for name in names]
    return "".join(lines) + (f"<script>{HEIGHTS}</script>\n" if 'class="live"' in cells else "")


def _language(text: str) -> str:
    """The language of the text, of the two that the contest speaks, by its smallest words."""
    return "fr" if len(FRENCH.findall(text)) > len(ENGLISH.findall(text)) else "en"


@cache
def _sheet() -> str:
    own = Path(__file__).with_name("notebook.css").read_text(encoding="utf-8")
    return f"{HtmlFormatter(style=COLOURS).get_style_defs('.source')}\n{own}"
