"""Named reads of aims."""

from collections.abc import Sequence

from challenges.editions.aims.rules import AimDetails, AimKind
from challenges.editions.models import Aim, Edition


def aims_of(edition: Edition, kind: AimKind) -> Sequence[Aim]:
    """The aims of a kind, in their order."""
    return [aim for aim in edition.aims if aim.kind is kind]


def aims_are_declared(edition: Edition) -> bool:
    """Whether works of the edition may be listed."""
    return bool(edition.aims)


def details_of(aims: Sequence[Aim]) -> list[AimDetails]:
    """Aims as a form takes them."""
    return [AimDetails(aim.title, aim.slug) for aim in aims]
