"""Texts of a notebook: Markdown with formulas, and code in colours."""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from submissions.intake.rendering.html_parts import clean
from submissions.intake.rendering.notebook import joined

ATTACHMENT = re.compile(r"attachment:([^\s\"')>]+)")
FORMULA_PLACE = re.compile(r'<(span|div) data-math="(\d+)"></\1>')
DELIMITERS = re.compile(r"^\s*(?:\$\$?|\\\[|\\\()|(?:\$\$?|\\\]|\\\))\s*$")
MOST_CHARACTERS = 300_000
FORMATTER: Any = HtmlFormatter(nowrap=True)


def markdown_html(source: str, attachments: Mapping[str, Mapping[str, Any]]) -> str:
    """A text in Markdown as HTML, its formulas as MathML, its attached images within it."""
    formulas: list[str] = []
    reader = MarkdownIt("commonmark", {"html": True, "highlight": _highlighted})
    reader.enable(["table", "strikethrough"])
    reader.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True).use(amsmath_plugin)
    for name in ("math_inline", "math_inline_double", "math_block", "math_block_label", "amsmath"):
        reader.add_render_rule(name, _formula_rule(formulas))
    html = clean(reader.render(ATTACHMENT.sub(lambda found: _attached(found[1], attachments), source)))
    return FORMULA_PLACE.sub(lambda found: _at(formulas, int(found[2])), html)


def formula_html(formula: str, *, is_block: bool) -> str:
    """A formula in LaTeX as MathML, which browsers draw by themselves; as it was written when it cannot be read."""
    try:
        return str(convert(DELIMITERS.sub("", formula), display="block" if is_block else "inline"))
    except Exception:  # noqa: BLE001  the converter meets what it does not know with many sorts of errors
        return f"<code>{escape(formula)}</code>"


def code_html(source: str, language: str) -> str:
    """Code in colours; plain where its language is not known or the cell is too long to read."""
    if len(source) > MOST_CHARACTERS:
        return escape(source[:MOST_CHARACTERS], quote=False) + "\n[…]"
    try:
        return str(highlight(source, get_lexer_by_name(language), FORMATTER))
    except ClassNotFound:
        return escape(source, quote=False)


def _formula_rule(formulas: list[str]) -> Any:
    def rule(_self: RendererHTML, tokens: Any, index: int, _options: Any, _environment: Any) -> str:
        token = tokens[index]
        is_block = token.type != "math_inline"
        formulas.append(formula_html(token.content, is_block=is_block))
        tag = "div" if token.block else "span"
        return f'<{tag} data-math="{len(formulas) - 1}"></{tag}>'

    return rule


def _at(formulas: list[str], number: int) -> str:
    return formulas[number] if number < len(formulas) else ""


def _highlighted(source: str, language: str, _attributes: str) -> str:
    return code_html(source, language) if language else ""


def _attached(name: str, attachments: Mapping[str, Mapping[str, Any]]) -> str:
    """An attached image as a data: address, which needs no file beside the page."""
    for media_type, content in attachments.get(name, {}).items():
        if media_type.startswith("image/"):
            return f"data:{media_type};base64,{''.join(joined(content).split())}"
    return "attachment:missing"
