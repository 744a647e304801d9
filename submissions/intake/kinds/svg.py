"""SVG drawings: read as XML without entities, free of references to files of a computer. Scripts run in the sandbox."""

import re
from xml.parsers import expat

from submissions.intake.external import external_hosts
from submissions.intake.kinds.format import Format
from submissions.intake.report import Finding, Refused, refusal
from submissions.intake.upload import Upload

KIND = "svg"
NAMESPACE = "http://www.w3.org/2000/svg"
DEPTH = 250
UNDRAWN = {"metadata", "title", "desc", "defs", "style", "script"}
LOADING = {"image", "use", "feImage", "script", "foreignObject", "pattern", "linearGradient", "radialGradient"}
HREFS = ("href", "http://www.w3.org/1999/xlink href", "src")
# What an animation makes of a reference, and what references are relative to.
BECOMES_HREF = ("to", "from", "values", "http://www.w3.org/XML/1998/namespace base")
IGNORED_BY_BROWSERS = re.compile(r"[\t\r\n]")
LOCAL = re.compile(r"\s*(?:file:|[A-Za-z]:[\\/]|\\\\|/[^/])", re.IGNORECASE)
LOCAL_IN_SHEET = re.compile(r"(?:url\(\s*|@import\s+)[\"']?\s*(file:[^\s\"')]*)", re.IGNORECASE)
LOCAL_IN_INSTRUCTION = re.compile(r"href\s*=\s*[\"']\s*(file:[^\"']*)", re.IGNORECASE)
# Illustrator names the namespaces it uses by entities; each stands for an address and nothing else.
HARMLESS_ENTITY = re.compile(r"https?://[^&%\s]{1,200}")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# Some libraries give a prefix to every name, such as ns0.
FIRST_TAG = re.compile(r"<(?:[\w.-]{1,40}:)?svg[\s>]")
LENGTH = re.compile(r"\s*([\d.]+(?:e[+]?\d+)?)\s*(px|pt|pc|mm|cm|in|em)?\s*", re.IGNORECASE)
PIXELS = {"pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96, "em": 16}


class _Reader:
    """What the parser meets, judged as it comes."""

    def __init__(self, upload: Upload) -> None:
        self.upload, self.depth, self.draws = upload, 0, False
        self.facts: dict[str, int] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        self.parser.EntityDeclHandler = self.entity
        self.parser.ProcessingInstructionHandler = self.instruction
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text

    def read(self) -> None:
        # At once: given piece by piece, a picture of some megabytes within one attribute is read again for each piece.
        self.parser.Parse(self.upload.path.read_bytes(), True)

    def entity(self, _name: str, _is_parameter: bool, value: str | None, *_outside: str | None) -> None:
        if value is None or not HARMLESS_ENTITY.fullmatch(value):
            raise refusal("not-allowed.entities", item=self.upload.name)

    def instruction(self, _target: str, text: str) -> None:
        if found := LOCAL_IN_INSTRUCTION.search(text):
            raise self._local(found[1])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if self.depth == 0:
            self._root(namespace, local, attributes)
        elif namespace == NAMESPACE and local not in UNDRAWN:
            self.draws = True
        self.depth += 1
        if self.depth > DEPTH:
            raise refusal("malformed.depth", item=self.upload.name, limit=DEPTH)
        self._refuse_local(local, attributes)

    def end(self, _name: str) -> None:
        self.depth -= 1

    def text(self, text: str) -> None:
        if found := LOCAL_IN_SHEET.search(text):
            raise self._local(found[1])

    def _root(self, namespace: str, local: str, attributes: dict[str, str]) -> None:
        if local != "svg" or namespace != NAMESPACE:
            raise refusal("malformed.svg", item=self.upload.name)
        sides = [_pixels(attributes.get(name, "")) for name in ("width", "height")]
        if max(sides) > self.upload.limits.side:
            raise refusal("pixel-bomb.side", item=self.upload.name, limit=self.upload.limits.side)
        self.facts = {name: size for name, size in zip(("width", "height"), sides, strict=True) if size}

    def _refuse_local(self, local: str, attributes: dict[str, str]) -> None:
        names = (*BECOMES_HREF, *HREFS) if local in LOADING else BECOMES_HREF
        references = (IGNORED_BY_BROWSERS.sub("", attributes.get(name, "")) for name in names)
        if found := next((each for each in references if LOCAL.match(each)), None):
            raise self._local(found)
        if sheet := LOCAL_IN_SHEET.search(" ".join(attributes.values())):
            raise self._local(sheet[1])

    def _local(self, file: str) -> Refused:
        return refusal("not-allowed.local", item=self.upload.name, file=file)


def inspect(upload: Upload) -> Finding:
    """Read the drawing to its end."""
    reader = _Reader(upload)
    try:
        reader.read()
    except expat.ExpatError as error:
        raise refusal("malformed.xml", item=upload.name, line=error.lineno) from None
    except ValueError:
        # A name of an encoding that nobody knows.
        raise refusal("malformed", item=upload.name) from None
    if not reader.draws:
        raise refusal("empty.drawing", item=upload.name)
    hosts = external_hosts(upload.public_name, upload.text)
    return Finding(upload.public_name, external_hosts=tuple(sorted(hosts)), facts=reader.facts)


def is_svg(upload: Upload) -> bool:
    """Whether it is markup in which a drawing comes before any page."""
    text = COMMENT.sub("", _as_text(upload.head).lower().lstrip("\ufeff \t\r\n"))
    drawing = FIRST_TAG.search(text)
    return text.lstrip().startswith("<") and drawing is not None and "<html" not in text[: drawing.start()]


def _as_text(head: bytes) -> str:
    return head.decode("utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1", "replace").removeprefix(
        "ï»¿"
    )


def _pixels(length: str) -> int:
    """A length in pixels of the screen; 0 for none and for those that depend on the window."""
    found = LENGTH.fullmatch(length)
    try:
        return round(float(found[1]) * PIXELS.get((found[2] or "").lower(), 1)) if found else 0
    except (ValueError, OverflowError):
        return 0


FORMATS = (Format("SVG", KIND, (".svg",), is_svg, inspect),)
