"""SVG: metadata, comments and what drawing programs keep for themselves are cut out; all else stays byte for byte."""

import re
from xml.parsers import expat

from submissions.intake.traces.embedded import scrub_embedded
from submissions.intake.traces.trace import Label, Scrubbed, Trace, distinct, trace

PRIVATE_ELEMENTS = {"metadata": Label.OTHER, "sodipodi:namedview": Label.SOFTWARE, "i:pgf": Label.ENCLOSED}
KEPT_INSTRUCTIONS = ("xml", "xml-stylesheet")
PRIVATE_ATTRIBUTES = re.compile(
    rb"\s(?:sodipodi:(?:docname|docbase|absref)|inkscape:(?:export-filename|version)|inkscape:export-[xy]dpi"
    rb"|data-author)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')"
)
AUTHOR = re.compile(rb"<(?:dc:creator|dc:rights)\b.*?</", re.DOTALL)
TAGS = re.compile(rb"<[^>]*>?")


class _Finder:
    """Where in the file the parts are that go; expat tells the byte at which each thing starts."""

    def __init__(self, content: bytes) -> None:
        self.content, self.traces = content, list[Trace]()
        self.cuts: list[tuple[int, int]] = []
        self.open: list[tuple[str, int]] = []
        self.waiting: int | None = None
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CommentHandler = self.comment
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.DefaultHandlerExpand = self.anything

    def parse(self) -> None:
        self.parser.Parse(self.content, True)
        self._close_cut(len(self.content))

    def anything(self, _text: str) -> None:
        # Called for what has no handler of its own: text, the end of an element. What was open ends here.
        self._close_cut(self.parser.CurrentByteIndex)

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        self._close_cut(self.parser.CurrentByteIndex)
        self.open.append((name, self.parser.CurrentByteIndex))

    def end(self, _name: str) -> None:
        self._close_cut(self.parser.CurrentByteIndex)
        name, start = self.open.pop()
        if name in PRIVATE_ELEMENTS and not any(each in PRIVATE_ELEMENTS for each, _ in self.open):
            stop = self._end_of(name)
            self.cuts.append((start, stop))
            self.traces += _element_traces(name, self.content[start:stop])

    def _end_of(self, name: str) -> int:
        """The place after the element that ends now: for one that closes itself, the parser is there already."""
        place = self.parser.CurrentByteIndex
        return self.content.find(b">", place) + 1 if self.content.startswith(f"</{name}".encode(), place) else place

    def comment(self, text: str) -> None:
        self._close_cut(self.parser.CurrentByteIndex)
        self.waiting = self.parser.CurrentByteIndex
        self.traces.append(trace(Label.COMMENT, text))

    def instruction(self, target: str, text: str) -> None:
        self._close_cut(self.parser.CurrentByteIndex)
        if target not in KEPT_INSTRUCTIONS:
            self.waiting = self.parser.CurrentByteIndex
            self.traces.append(trace(Label.OTHER, text))

    def _close_cut(self, stop: int) -> None:
        if self.waiting is not None:
            self.cuts.append((self.waiting, stop))
            self.waiting = None


def scrub(content: bytes) -> Scrubbed:
    """The drawing without what it tells; as it is when it is no XML, which its kind refuses."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Scrubbed(content)
    finder = _Finder(content)
    try:
        finder.parse()
    except expat.ExpatError:
        return Scrubbed(content)
    clean = _without(content, finder.cuts)
    clean, attributes = _without_attributes(clean)
    embedded = scrub_embedded(clean)
    return Scrubbed(embedded.content, distinct([*finder.traces, *attributes, *embedded.traces]))


def _without(content: bytes, cuts: list[tuple[int, int]]) -> bytes:
    kept, position = [], 0
    for start, stop in sorted(cuts):
        if start >= position:
            kept.append(content[position:start])
        position = max(position, stop)
    return b"".join([*kept, content[position:]])


def _without_attributes(content: bytes) -> tuple[bytes, list[Trace]]:
    traces: list[Trace] = []

    def told(found: re.Match[bytes]) -> bytes:
        traces.append(trace(Label.FOLDERS, found[1] or found[2] or b""))
        return b""

    return PRIVATE_ATTRIBUTES.sub(told, content), traces


def _element_traces(name: str, element: bytes) -> list[Trace]:
    authors = [trace(Label.AUTHOR, TAGS.sub(b" ", found)) for found in AUTHOR.findall(element)]
    return [each for each in authors if each.value] or [Trace(PRIVATE_ELEMENTS[name])]
