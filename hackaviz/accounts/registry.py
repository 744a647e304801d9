"""What accounts show of rooms that they do not know: each room fills its part in `register(app)`."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person, Role
from hackaviz.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class EditionCard:
    """What a role, an invitation or the legal notice says of an edition."""

    slug: str
    title: Bilingual
    url: str
    organiser_name: str
    contact_email: str


@dataclass(frozen=True)
class RolePage:
    """Where a role does its work in an edition: its name in the menu, and an endpoint that takes `edition_slug`."""

    name: Any
    endpoint: str


@dataclass(frozen=True)
class Participation:
    """A line of "where you take part" on the account page; `label` says as what, `work_page` leads to its work."""

    edition: Bilingual
    label: str
    url: str
    work_page: tuple[str, str] | None = None


@dataclass(frozen=True)
class DemoAccount:
    """An account that the demo offers on the sign-in page."""

    label: str
    email: str
    password: str


# The instant from which letters about works are kept from a reader; None where nothing is kept.
LettersKeptSince = Callable[[Session, Any, datetime], datetime | None]
Participations = Callable[[Session, Person], Sequence[Participation]]
Export = Callable[[Session, Person], Any]
Erase = Callable[[Session, Person, datetime], None]


class AccountRegistry:
    """What the rooms declared.

    `edition_cards` answers for the numbers of editions; `newest_edition_card` names who runs the site, None before the
    first edition is published. `letters_of_works` has how the keys of letters begin that tell whose a work is.
    `exports` gives plain JSON values by section; `erasers` remove what a room keeps of a
    person that is of no use to the record of a contest.
    """

    def __init__(self) -> None:
        self.edition_cards: Callable[[Session, Collection[int]], Mapping[int, EditionCard]] = lambda _session, _ids: {}
        self.newest_edition_card: Callable[[Session], EditionCard | None] = lambda _session: None
        self.letters_of_works: set[str] = set()
        self.letters_kept_since: LettersKeptSince = lambda _session, _reader, _now: None
        self.role_pages: dict[Role, RolePage] = {}
        self.participations: list[Participations] = []
        self.exports: dict[str, Export] = {}
        self.erasers: list[Erase] = []


def account_registry(app: Flask | None = None) -> AccountRegistry:
    """The registry of an application."""
    extensions = (app or current_app).extensions
    registry: AccountRegistry = extensions.setdefault("hackaviz.accounts", AccountRegistry())
    return registry


def demo_accounts() -> list[DemoAccount]:
    """The accounts that the demo built, for its sign-in page; none elsewhere."""
    listed = current_app.extensions.get("hackaviz.demo_accounts")
    if not current_app.config["DEMO"] or listed is None:
        return []
    return [DemoAccount(*account) for account in listed()]
