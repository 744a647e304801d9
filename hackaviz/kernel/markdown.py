"""Markdown that people write, as clean HTML."""

from collections.abc import Sequence

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
_TAGS = set("p br strong em del s code pre blockquote ul ol li a h2 h3 h4 h5 h6 hr table thead tbody tr th td".split())
_LINKS = {"http", "https", "mailto"}
_ATTRIBUTES = {"a": {"href"}, "th": {"align"}, "td": {"align"}}


def render_markdown(text: str, *, top: int = 3) -> str:
    """HTML without scripts, images or styles. The writer's highest heading becomes h`top`, the others follow it."""
    tokens = _reader.parse(text)
    _shift_headings(tokens, top)
    html = _reader.renderer.render(tokens, _reader.options, {})
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_LINKS)


def _shift_headings(tokens: Sequence[Token], top: int) -> None:
    headings = [token for token in tokens if token.type in {"heading_open", "heading_close"}]
    highest = min((int(token.tag[1]) for token in headings), default=top)
    for token in headings:
        token.tag = f"h{min(6, int(token.tag[1]) - highest + top)}"
