"""What is said of input that cannot be used. Plain English: these sentences answer commands, not pages."""

MOST_NAMED = 10


class Refused(ValueError):
    """The input was read and is refused; the message says which item, why, and what to do."""


class Unreadable(ValueError):
    """The input cannot be read as what it should be; the message says why, and what to do."""


def listed(names: "list[str] | tuple[str, ...]") -> str:
    """A, B, C and 12 more."""
    shown = ", ".join(names[:MOST_NAMED])
    return shown if len(names) <= MOST_NAMED else f"{shown} and {len(names) - MOST_NAMED} more"
