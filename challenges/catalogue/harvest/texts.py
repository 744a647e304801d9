"""Descriptions as Markdown, whatever they came as, and the language of a text that does not say it."""

import html
import re
from collections.abc import Mapping

import nh3

from hackaviz.kernel.bilingual_text import Bilingual

LONGEST_DESCRIPTION = 20_000
_TAGS = set("p br div li ul ol a b strong i em h1 h2 h3 h4 h5 h6 tr td th table blockquote pre".split())
_LOOKS_LIKE_HTML = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|&(?:[a-z]{2,8}|#\d{1,6});", re.IGNORECASE)
_LINK = re.compile(r'<a[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_ENDS = re.compile(r"</(?:p|div|h\d|tr|ul|ol|table|blockquote|pre)>")
_BLANK_ENDS, _MANY_ENDS = re.compile(r"[ \t\u00a0]+\n"), re.compile(r"\n{3,}")
_ANY_TAG = re.compile(r"<[^>]*>")
# A link in Markdown that leads to anything but the web or an address of mail.
_UNSAFE_LINK = re.compile(
    r"\[([^\]\n]{0,500})\]\(\s*<?(?!https?:|mailto:)[a-z][a-z0-9+.\-]{0,30}\s?:(?:[^()\n]|\([^()\n]*\)){0,2000}\)",
    re.IGNORECASE,
)
_FRENCH = frozenset("le la les des du et une un dans pour par sur au aux est sont avec de en ou à".split())
_ENGLISH = frozenset("the of and in for by on with is are from to at this that all an as".split())


def to_markdown(text: str) -> str:
    """A description as people may read it: HTML becomes paragraphs and lists; scripts and unsafe links go."""
    text = text[: LONGEST_DESCRIPTION * 4]
    if _LOOKS_LIKE_HTML.search(text):
        text = _from_html(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "](" in text:
        text = _UNSAFE_LINK.sub(r"\1", text)
    if "\n" in text:
        text = _MANY_ENDS.sub("\n\n", _BLANK_ENDS.sub("\n", text))
    text = text.strip()
    return text if len(text) <= LONGEST_DESCRIPTION else text[:LONGEST_DESCRIPTION].rsplit(" ", 1)[0] + "…"


def _from_html(text: str) -> str:
    clean = nh3.clean(
        text, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}, link_rel=None
    )
    clean = _LINK.sub(_linked, clean)
    if "\n" in clean:
        clean = re.sub(r"\s*\n\s*", "\n", clean)
    clean = re.sub(r"<li>\s*", "\n- ", clean).replace("</td>", " ").replace("</th>", " ")
    clean = _ENDS.sub("\n\n", re.sub(r"<br\s*/?>\s*", "\n", clean))
    clean = html.unescape(_ANY_TAG.sub("", clean))
    if any(wide in clean for wide in ("  ", "\t", "\u00a0")):
        clean = re.sub(r"[ \t\u00a0]{2,}", " ", clean)
    return "\n".join(line.strip() for line in clean.split("\n"))


def _linked(match: re.Match[str]) -> str:
    address, words = match.group(1), _ANY_TAG.sub("", match.group(2)).strip()
    if not address or address == words:
        return words
    return f"[{words}]({address})" if words else address


def to_line(text: str) -> str:
    """A title or a name: no tags, one line."""
    return " ".join(to_markdown(text).split()) if "<" in text or "&" in text else text


def language_of(text: str) -> str:
    """French or English, by its small words; French where they do not tell."""
    found = text[:1_000].lower().replace("’", " ").replace("'", " ").split()
    french, english = (sum(map(small.__contains__, found)) for small in (_FRENCH, _ENGLISH))
    return "en" if english > french else "fr"


def bilingual(texts: Mapping[str, str], hint: str = "") -> Bilingual:
    """Both languages of a text. One of no stated language is read as `hint`; a third stands where both are missing."""
    french, english = texts.get("fr", ""), texts.get("en", "")
    unstated = texts.get("", "")
    if unstated and not (french and english):
        spoken = hint if hint in {"fr", "en"} else language_of(unstated)
        french = french or (unstated if spoken == "fr" else "")
        english = english or (unstated if spoken == "en" else "")
    if not french and not english:
        return Bilingual(en=next(iter(texts.values()), ""))
    return Bilingual(fr=french, en=english)
