"""Markdown that people write, as clean HTML."""

import nh3
from markdown_it import MarkdownIt

_reader = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table", "strikethrough"])
_TAGS = set("p br strong em del code pre blockquote ul ol li a h3 h4 h5 h6 hr table thead tbody tr th td".split())


def render_markdown(text: str) -> str:
    """HTML without scripts, images or styles; headings start at h3, under the page's own."""
    html = _reader.render(text)
    for level in range(4, 0, -1):
        html = html.replace(f"<h{level}>", f"<h{level + 2}>").replace(f"</h{level}>", f"</h{level + 2}>")
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "th": {"align"}, "td": {"align"}},
        url_schemes={"http", "https", "mailto"},
    )
