"""A trace: one thing that a file tells of those who made it, and the shape in which formats answer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from submissions.intake.messages import N_

VALUE_SHOWN = 100
SPACES = re.compile(r"\s+")


class Label(StrEnum):
    """What a trace tells. `WORDS` says it in a sentence, for whoever shows it."""

    PLACE = "place"
    AUTHOR = "author"
    SOFTWARE = "software"
    DATE = "date"
    DEVICE = "device"
    COMMENT = "comment"
    FOLDERS = "folders"
    THUMBNAIL = "thumbnail"
    SCRIPT = "script"
    ENCLOSED = "enclosed"
    LEFTOVER = "leftover"
    OTHER = "other"


WORDS = {
    Label.PLACE: N_("the place where it was made"),
    Label.AUTHOR: N_("who made it"),
    Label.SOFTWARE: N_("the program it was made with"),
    Label.DATE: N_("when it was made"),
    Label.DEVICE: N_("the device it was made with"),
    Label.COMMENT: N_("a title, description or comment"),
    Label.FOLDERS: N_("folders of a computer"),
    Label.THUMBNAIL: N_("a small copy of an earlier picture"),
    Label.SCRIPT: N_("a script or an action that starts by itself"),
    Label.ENCLOSED: N_("other files enclosed in it"),
    Label.LEFTOVER: N_("a leftover of a system or a tool"),
    Label.OTHER: N_("other properties"),
}


@dataclass(frozen=True)
class Trace:
    """One thing told: its label and, where there is one, the value, short and printable."""

    label: Label
    value: str = ""


@dataclass(frozen=True)
class Scrubbed:
    """The content without its traces, and the traces that were in it."""

    content: bytes
    traces: tuple[Trace, ...] = ()


def trace(label: Label, value: object = "") -> Trace:
    """A trace with its value made fit to show in one line."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    printable = "".join(each if each.isprintable() else " " for each in text)
    return Trace(label, SPACES.sub(" ", printable).strip()[:VALUE_SHOWN])


def distinct(traces: Iterable[Trace]) -> tuple[Trace, ...]:
    """Each trace once, in order; one without a value only where its label tells nothing else."""
    found = tuple(dict.fromkeys(traces))
    told = {each.label for each in found if each.value}
    return tuple(each for each in found if each.value or each.label not in told)
