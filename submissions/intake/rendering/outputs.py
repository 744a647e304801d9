"""Outputs of cells as HTML: of the several forms in which a thing was saved, the best that can be drawn here."""

import base64
import json
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from submissions.intake.rendering.html_parts import framed, is_live, still
from submissions.intake.rendering.notebook import Output, joined
from submissions.intake.rendering.terminal import terminal_html
from submissions.intake.rendering.text import formula_html, markdown_html

PLOTLY = "application/vnd.plotly.v1+json"
VEGA_PREFIXES = ("application/vnd.vegalite.", "application/vnd.vega.")
IMAGES = ("image/png", "image/jpeg", "image/gif", "image/webp")


def output_html(output: Output) -> str:
    """An output; empty for one that shows nothing."""
    if output.text or output.is_error:
        return f'<pre class="{"error" if output.is_error else "stream"}">{terminal_html(output.text)}</pre>'
    return _bundle(output.data)


def libraries_of(html: str) -> tuple[str, ...]:
    """The names of the libraries that a page with this content needs to draw itself."""
    return tuple(name for name in ("plotly", "vega") if f'data-{name}="' in html)


def _bundle(data: Mapping[str, Any]) -> str:
    if PLOTLY in data:
        return _drawn("plotly", data[PLOTLY], data)
    for media_type in data:
        if media_type.startswith(VEGA_PREFIXES) and isinstance(data[media_type], dict):
            return _drawn("vega", data[media_type], data)
    return _still_bundle(data)


def _still_bundle(data: Mapping[str, Any]) -> str:
    for media_type, write in WRITERS.items():
        if media_type in data and (html := write(joined(data[media_type]), media_type)):
            return html
    return ""


def _drawn(library: str, figure: Any, data: Mapping[str, Any]) -> str:
    """A figure to draw; what was saved beside it stands there until it is drawn, or when it cannot be."""
    image = next((_image(joined(data[each]), each) for each in IMAGES if each in data), "")
    return f'<div class="figure" data-{library}="{escape(json.dumps(figure))}">{image}</div>'


def _html(content: str, _media_type: str) -> str:
    return framed(content) if is_live(content) else f'<div class="html">{still(content)}</div>'


def _svg(content: str, _media_type: str) -> str:
    # As an image a drawing runs no script and loads nothing.
    packed = base64.b64encode(content.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{packed}" alt="">'


def _image(content: str, media_type: str) -> str:
    return f'<img src="data:{media_type};base64,{escape("".join(content.split()))}" alt="">'


def _markdown(content: str, _media_type: str) -> str:
    return f'<div class="text">{markdown_html(content, {})}</div>'


def _formula(content: str, _media_type: str) -> str:
    return f'<div class="formula">{formula_html(content, is_block=True)}</div>'


def _text(content: str, _media_type: str) -> str:
    return f'<pre class="stream">{terminal_html(content)}</pre>'


# In the order in which notebooks themselves prefer them.
WRITERS: dict[str, Callable[[str, str], str]] = {
    "text/html": _html,
    "image/svg+xml": _svg,
    **dict.fromkeys(IMAGES, _image),
    "text/markdown": _markdown,
    "text/latex": _formula,
    "text/plain": _text,
}
