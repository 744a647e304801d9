"""What an agreement says. Pure."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Protocol


class ContributionKind(StrEnum):
    """What a party brings."""

    MONEY = "money"
    DATA = "data"
    JURORS = "jurors"
    IN_KIND = "in_kind"


class Signatory(Protocol):
    """A party; an AgreementParty row is one."""

    signed_on: date | None


def is_in_force(parties: Iterable[Signatory]) -> bool:
    """An agreement holds once there are two parties and all have signed."""
    signatures = [party.signed_on for party in parties]
    return len(signatures) > 1 and all(signatures)
