"""HTML that a notebook carries: made well-formed and without scripts, or put in a frame of its own where it lives."""

import re
from html import escape

import nh3

TAGS = nh3.ALLOWED_TAGS | set(
    "section article header footer main nav figure figcaption details summary mark u s small sub sup font input label "
    "progress meter button caption colgroup col center".split()
)
ATTRIBUTES = {
    "*": set("class id style title lang dir align valign width height colspan rowspan scope data-math".split()),
    "a": {"href", "target", "name"},
    "img": {"src", "alt", "width", "height"},
    "input": {"type", "checked", "disabled", "value"},
    "progress": {"value", "max"},
    "meter": {"value", "max", "min"},
    "font": {"color", "size"},
    "details": {"open"},
    "table": {"border", "cellpadding", "cellspacing", "frame", "rules"},
    "td": {"bgcolor"},
    "tr": {"bgcolor"},
    "th": {"bgcolor"},
    "col": {"span"},
    "ol": {"start", "type"},
}
SCHEMES = {"http", "https", "mailto", "data", "attachment"}
LIVES = re.compile(r"<(?:script|iframe|svg|canvas|object|embed|video|audio|link|math)\b", re.IGNORECASE)
SHEET = re.compile(r"<style\b[^>]*>(.*?)</style\s*>", re.IGNORECASE | re.DOTALL)
# Tells the page around how tall its content is: a frame of another origin cannot be measured.
TELL_HEIGHT = (
    "<script>new ResizeObserver(() => parent.postMessage({height: Math.ceil(Math.max(document.body.scrollHeight, "
    "document.documentElement.getBoundingClientRect().height))}, '*')).observe(document.documentElement)</script>"
)


def is_live(html: str) -> bool:
    """Whether a part draws itself with scripts, or holds what only a browser can draw."""
    return bool(LIVES.search(html))


def framed(html: str) -> str:
    """A part that lives, in a frame: it cannot reach the page, nor break it."""
    document = f'<!doctype html><meta charset="utf-8"><body style="margin:0">{html}{TELL_HEIGHT}'
    return f'<iframe class="live" sandbox="allow-scripts" title="" srcdoc="{escape(document)}"></iframe>'


def still(html: str) -> str:
    """A part without scripts, every tag of it closed. Its style sheets stay: they colour the cells of tables."""
    sheets = "".join(f"<style>{sheet}</style>" for sheet in SHEET.findall(html) if "<" not in sheet)
    return sheets + clean(SHEET.sub("", html))


def clean(html: str) -> str:
    """Tags closed and in order, without scripts."""
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
