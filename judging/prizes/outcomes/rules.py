"""What may become of the money of a prize that is not awarded. Pure."""

from enum import StrEnum


class Way(StrEnum):
    """Where the money goes."""

    REFUND = "refund"
    CARRY_OVER = "carry_over"
    MOVE = "move"
