"""What rooms to the right tell this one: which challenges there are, who hears of a changed prize, where money went."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.models import Prize, Sponsor
from hackaviz.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class ChallengeChoice:
    """A challenge that a prize or a pledge may belong to."""

    id: int
    number: int
    title: Bilingual


@dataclass(frozen=True)
class PrizeChange:
    """What was announced, and what is announced now; an empty text where there was or is nothing."""

    prize: Prize
    before: Bilingual
    after: Bilingual


@dataclass(frozen=True)
class Spending:
    """Money of a sponsor that went to an entry; `entry_title` and `team` are empty while results are not public."""

    pledge_name: str
    prize_title: Bilingual
    cents: int
    entry_title: str = ""
    team: str = ""
    entry_url: str = ""
    paid_on: Any = None


@dataclass
class SponsorRegistry:
    """Filled by the rooms in `register(app)`."""

    challenges: Callable[[Session, Edition], Sequence[ChallengeChoice]] = lambda _session, _edition: ()
    prize_changed: list[Callable[[Session, PrizeChange, Any, datetime], None]] = field(default_factory=list)
    spending: Callable[[Session, Sponsor, datetime], Sequence[Spending]] = lambda _session, _sponsor, _now: ()
    is_awarded: Callable[[Session, Prize], bool] = lambda _session, _prize: False
    # Of an edition: key of a payment to a winner → the page that takes it back.
    payment_pages: Callable[[Session, Edition], Mapping[str, str]] = lambda _session, _edition: {}
    # What of a prize went back to those who gave it, or over to another edition.
    settled_cents: Callable[[Session, Prize], int] = lambda _session, _prize: 0
    # The statement of a sponsor for its contacts: language and address.
    statements: Callable[[Edition, Sponsor], Sequence[tuple[str, str]]] = lambda _edition, _sponsor: ()


def sponsor_registry(app: Flask | None = None) -> SponsorRegistry:
    """The registry of an application."""
    registry: SponsorRegistry = (app or current_app).extensions.setdefault("hackaviz.sponsors", SponsorRegistry())
    return registry
