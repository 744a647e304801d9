"""Who votes in the audience, when, and what one mailbox is. Pure."""

from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Protocol

# Mailboxes that take dots in a name for nothing.
DOTLESS = frozenset({"gmail.com", "googlemail.com"})


class Electorate(StrEnum):
    """Whoever has a verified account, or only the addresses that the organisers listed."""

    EVERYBODY = "everybody"
    LISTED = "listed"


class Opening(Protocol):
    """From when to when; an AudiencePanel row is one."""

    @property
    def opens_at(self) -> datetime: ...

    @property
    def closes_at(self) -> datetime: ...


def vote_is_open(panel: Opening, now: datetime) -> bool:
    """Whether ballots are cast and taken back; both ends belong to it."""
    return panel.opens_at <= now <= panel.closes_at


def mailbox(email: str) -> str:
    """The mailbox behind a normalised address: what stands after a plus sign, and dots at Gmail, lead to the same."""
    name, _at, domain = email.rpartition("@")
    name = name.partition("+")[0]
    if domain in DOTLESS:
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}"


def voter_key(panel_id: int, email: str) -> str:
    """One key for one mailbox in one vote, which does not spell the address."""
    return sha256(f"{panel_id}:{mailbox(email)}".encode()).hexdigest()
