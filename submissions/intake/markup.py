"""The tags of an HTML page, found in one pass over the text: a hostile page costs no more than a long one."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

OPENING = re.compile(r"<(?:!--|([a-zA-Z][a-zA-Z0-9:-]*+))")
REST_OF_TAG = re.compile(r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
ATTRIBUTE = re.compile(r"""([^\s"'>/=]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++))?""")
RAW = ("script", "style", "title", "noscript")
END_OF = {name: re.compile(f"</{name}", re.IGNORECASE) for name in RAW}


@dataclass(frozen=True)
class Tag:
    """An opening tag; `content` is what a script, style, title or similar holds; `end` is where it ends in the page."""

    name: str
    raw_attributes: str
    content: str
    start: int
    end: int

    @cached_property
    def attributes(self) -> dict[str, str]:
        """Names in small letters; the first of two equal names counts, as in browsers."""
        found: dict[str, str] = {}
        for name, value in ATTRIBUTE.findall(self.raw_attributes):
            unquoted = value[1:-1] if value[:1] in ('"', "'") else value
            found.setdefault(name.lower(), html.unescape(unquoted))
        return found


def tags(page: str) -> Iterator[Tag]:
    """Every opening tag, in order, comments left out. Ends where a tag or comment never closes, as browsers do."""
    position = 0
    while opening := OPENING.search(page, position):
        if opening[1] is None:
            position = page.find("-->", opening.end()) + 3
            if position == 2:
                return
            continue
        rest = REST_OF_TAG.match(page, opening.end())
        if rest is None:
            return
        tag = _tag(page, opening, rest)
        yield tag
        position = tag.end


def _tag(page: str, opening: re.Match[str], rest: re.Match[str]) -> Tag:
    name, content, end = opening[1].lower(), "", rest.end()
    if name in END_OF and not rest[0].endswith("/>"):
        closing = END_OF[name].search(page, end)
        stop = closing.start() if closing else len(page)
        content, end = page[rest.end() : stop], stop
    return Tag(name, rest[0][:-1], content, opening.start(), end)


def visible_text(page: str) -> str:
    """The text between tags, from the body on; scripts, styles, titles and comments left out."""
    pieces: list[str] = []
    position = 0
    for tag in tags(page):
        if tag.name == "body":
            pieces.clear()
        else:
            pieces.append(page[position : tag.start])
        position = tag.end
    pieces.append(page[position:])
    return re.sub(r"<!--.*?(?:-->|$)|<[/!][^>]*+>?", "", "".join(pieces), flags=re.DOTALL).strip()
