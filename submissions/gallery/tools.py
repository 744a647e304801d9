"""The tools of a work as teams write them, in one line: “R 4.3, ggplot2 et QGIS”. Pure."""

import re

SEPARATORS = re.compile(r"[,;/\n•·|]|\s(?:et|and|&|\+|puis|with|avec)\s")
REMARK = re.compile(r"\([^)]*\)?")
VERSION = re.compile(r"\s+v?\d[\w.]*$")
# Longer parts are sentences, not names.
LONGEST = 40


def split_tools(text: str) -> tuple[str, ...]:
    """The names of the tools, without versions and remarks, in their order."""
    parts = SEPARATORS.split(REMARK.sub("", text))
    names = (VERSION.sub("", part.strip(" .:-\t")) for part in parts)
    return tuple(dict.fromkeys(name for name in names if 0 < len(name) <= LONGEST))
