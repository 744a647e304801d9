"""Text as a terminal shows it: colours, bold, and lines that were written over."""

import re
from collections.abc import Iterator
from html import escape

SEQUENCE = re.compile(r"\x1b(?:\[([\d;]*)([A-Za-z])|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)")
OVERWRITTEN = re.compile(r"^.*\r(?=[^\n])", re.MULTILINE)
MOST_CHARACTERS = 200_000
COLOURS = "black red green yellow blue magenta cyan white".split()


def terminal_html(text: str) -> str:
    """The text as HTML; what is longer than a reader would read is cut."""
    cut = text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + "\n[…]"
    return _coloured(OVERWRITTEN.sub("", cut.replace("\r\n", "\n")))


def _coloured(text: str) -> str:
    pieces, position, style = list[str](), 0, _Style()
    for found in SEQUENCE.finditer(text):
        pieces.append(style.wrap(text[position : found.start()]))
        position = found.end()
        if found[2] == "m":
            style.read([int(code or 0) for code in found[1].split(";")])
    return "".join([*pieces, style.wrap(text[position:])])


class _Style:
    """The colours in force. Codes are those of ECMA-48, 8.3.117, and what terminals added."""

    def __init__(self) -> None:
        self.classes: dict[str, str] = {}
        self.colours: dict[str, str] = {}

    def wrap(self, text: str) -> str:
        if not text or not (self.classes or self.colours):
            return escape(text, quote=False)
        classes = f' class="{" ".join(self.classes.values())}"' if self.classes else ""
        colours = ";".join(f"{name}:{value}" for name, value in self.colours.items())
        style = f' style="{colours}"' if colours else ""
        return f"<span{classes}{style}>{escape(text, quote=False)}</span>"

    def read(self, codes: list[int]) -> None:
        waiting = iter(codes)
        for code in waiting:
            if code in (38, 48):
                self._wide("color" if code == 38 else "background", waiting)
            else:
                self._plain(code)

    def _plain(self, code: int) -> None:
        if code == 0:
            self.classes.clear()
            self.colours.clear()
        elif code in (1, 3, 4):
            self.classes[str(code)] = {1: "bold", 3: "italic", 4: "underlined"}[code]
        elif code in (22, 23, 24):
            self.classes.pop({22: "1", 23: "3", 24: "4"}[code], None)
        elif code % 10 < 8 and code // 10 in (3, 9):
            self._set("color", f"ink-{COLOURS[code % 10]}")
        elif code % 10 < 8 and code // 10 in (4, 10):
            self._set("background", f"ground-{COLOURS[code % 10]}")
        elif code in (39, 49):
            self._set("color" if code == 39 else "background", "")

    def _set(self, name: str, word: str) -> None:
        self.colours.pop(name, None)
        self.classes.pop(name, None)
        if word:
            self.classes[name] = word

    def _wide(self, name: str, numbers: Iterator[int]) -> None:
        """One of 256 colours, or red, green and blue."""
        kind = next(numbers, 0)
        red, green, blue = (
            _of_256(next(numbers, 0)) if kind == 5 else (next(numbers, 0), next(numbers, 0), next(numbers, 0))
        )
        self._set(name, "")
        self.colours[name] = f"rgb({red} {green} {blue})"


def _of_256(code: int) -> tuple[int, int, int]:
    if code >= 232:
        grey = min(255, 8 + (code - 232) * 10)
        return grey, grey, grey
    if code < 16:
        high = 255 if code >= 8 else 170
        return high * (code & 1), high * (code >> 1 & 1), high * (code >> 2 & 1)
    place = code - 16
    red, green, blue = (0 if part == 0 else 55 + part * 40 for part in (place // 36, place // 6 % 6, place % 6))
    return red, green, blue
