"""The rules of accounts: addresses, passwords, how long a link lives. Pure."""

import unicodedata
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
VERIFICATION_LASTS = timedelta(days=3)
RESET_LASTS = timedelta(minutes=30)
INVITATION_LASTS = timedelta(days=30)
# So that nobody fills another person's mailbox by asking for links.
MOST_LINKS_AN_HOUR = 5
# Ten in a quarter of an hour are at most forty in an hour, whoever guesses and from wherever.
MOST_FAILURES = 10
FAILURES_COUNT_FOR = timedelta(minutes=15)


class InvitationState(StrEnum):
    """What can still be done with an invitation."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"
    EXPIRED = "expired"


class InvitationDates(Protocol):
    """The dates of an invitation; an Invitation row is one, and so is a team's."""

    expires_at: datetime
    accepted_at: datetime | None
    withdrawn_at: datetime | None


def invitation_state(invitation: InvitationDates, now: datetime) -> InvitationState:
    """The state of an invitation at an instant; at exactly its end it is still open."""
    if invitation.accepted_at is not None:
        return InvitationState.ACCEPTED
    if invitation.withdrawn_at is not None:
        return InvitationState.WITHDRAWN
    return InvitationState.OPEN if now <= invitation.expires_at else InvitationState.EXPIRED


def normalise_email(address: str) -> str:
    """One spelling for one address: compatible characters made equal (NFKC), lower case, the domain in ASCII."""
    folded = unicodedata.normalize("NFKC", address).strip().lower()
    name, at, domain = folded.rpartition("@")
    try:
        return f"{name}{at}{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        return folded
