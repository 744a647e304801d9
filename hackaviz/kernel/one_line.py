"""Text on one line, with the no-break spaces that French puts before its signs."""

import re

_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")


def on_one_line(text: str) -> str:
    """Every run of blanks and line ends as one space; a no-break space stays what it is."""
    return _BLANKS.sub(" ", text).strip()
