"""In which order prizes are revealed. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar


class Placed(Protocol):
    """An award; a ShownAward is one."""

    @property
    def challenge(self) -> Mapping[str, Any] | None:
        """Its challenge, None for the whole edition."""

    @property
    def place(self) -> int:
        """Which place its prize is for."""


Award = TypeVar("Award", bound=Placed)
AFTER_ALL_CHALLENGES = 10**9


def in_order_of_reveal(awards: Iterable[Award]) -> list[Award]:
    """Challenge by challenge, the lowest place first; prizes of the whole edition come last."""
    return sorted(awards, key=lambda award: (_number(award), -award.place))


def _number(award: Placed) -> int:
    return award.challenge["number"] if award.challenge else AFTER_ALL_CHALLENGES
