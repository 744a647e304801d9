"""Aims of an edition: large ambitions, and operational objectives that can be done. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Invalid

MOST_AIMS = 20


class AimKind(StrEnum):
    """Whether an aim is large and lasting, or something that can be done."""

    AMBITION = "ambition"
    OBJECTIVE = "objective"


@dataclass(frozen=True)
class AimDetails:
    """An aim as an organiser writes it. `slug` names the one that it changes; a new one may leave it empty."""

    title: Bilingual
    slug: str = ""


def check_aims(ambitions: Sequence[AimDetails], objectives: Sequence[AimDetails]) -> None:
    """Raise Invalid for aims that nobody could contribute to: listing asks for one of each kind."""
    if any(not aim.title for aim in (*ambitions, *objectives)):
        raise Invalid(_l("Write each aim in French or in English."))
    if bool(ambitions) != bool(objectives):
        raise Invalid(
            _l("Declare at least one ambition and one objective, or none at all: a listed work contributes to both.")
        )
    if max(len(ambitions), len(objectives)) > MOST_AIMS:
        raise Invalid(_l("An edition has at most %(most)s aims of a kind.", most=MOST_AIMS))
