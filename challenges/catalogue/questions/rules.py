"""When somebody may ask, and what can become of a question. Pure."""

import re
from datetime import timedelta
from enum import StrEnum

SHORTEST_QUESTION = 10
LONGEST_QUESTION = 1_000
LONGEST_ANSWER = 4_000
LONGEST_REASON = 500
# Enough for whoever works with several datasets, too few for whoever advertises.
MOST_WITHIN = 5
WITHIN = timedelta(days=1)
_ADDRESS = re.compile(r"[^\s@<>,;:\"]+@[^\s@<>,;:\"]+\.[^\s@<>,;:\"]+")


class QuestionState(StrEnum):
    """Where a question stands."""

    OPEN = "open"
    ANSWERED = "answered"
    HIDDEN = "hidden"


# An answer that turns out to be wrong or to name somebody can be hidden; what is hidden stays so.
TRANSITIONS: dict[QuestionState, frozenset[QuestionState]] = {
    QuestionState.OPEN: frozenset({QuestionState.ANSWERED, QuestionState.HIDDEN}),
    QuestionState.ANSWERED: frozenset({QuestionState.HIDDEN}),
    QuestionState.HIDDEN: frozenset(),
}


def may_become(state: QuestionState, wanted: QuestionState) -> bool:
    """Whether a question in a state can be brought into another."""
    return wanted in TRANSITIONS[state]


def may_ask(asked_lately: int) -> bool:
    """Whether somebody who asked so many questions within `WITHIN` may ask another."""
    return asked_lately < MOST_WITHIN


def contact_address(contact: str) -> str | None:
    """The e-mail address in what a source states as contact: "mailto:data@port.example" has one, a web page none."""
    found = _ADDRESS.fullmatch(contact.strip().removeprefix("mailto:"))
    return found.group() if found else None
