"""What other rooms show on an edition's pages: each fills its part in `register(app)`."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from flask import Flask, current_app
from sqlalchemy.orm import Session

from challenges.editions.models import Edition


@dataclass(frozen=True)
class WaitingItem:
    """A line of "what waits for someone": how many, of what, where to see them."""

    count: int
    label: str
    url: str
    detail: str = ""
    is_late: bool = False

    @property
    def late(self) -> bool:
        """What the list's macro reads."""
        return self.is_late


class Section(Enum):
    """What an organiser's page is about: the first row of their menu, in this order."""

    DASHBOARD = "dashboard"
    EDITION = "edition"
    TEAMS = "teams"
    JURY = "jury"
    MONEY = "money"
    RESULTS = "results"


@dataclass(frozen=True)
class OrganiserLink:
    """A page of the organisers' menu. `endpoint` takes `edition_slug`; lower `order` comes first in its section.

    `further` names blueprints whose pages belong to it too, although their addresses are not below its own.
    """

    section: Section
    label: Any
    endpoint: str
    order: int = 50
    further: tuple[str, ...] = ()

    @property
    def blueprints(self) -> tuple[str, ...]:
        """Where its pages are."""
        return (self.endpoint.partition(".")[0], *self.further)


@dataclass(frozen=True)
class PagePart:
    """A part of an edition's pages: a template and what it needs; None hides it. Lower `order` comes first.

    The template draws one section: `class="wrap block"` on public pages, `class="block"` on the dashboard.
    """

    order: int
    template: str
    context: Callable[[Session, Edition, datetime], dict[str, Any] | None]


@dataclass(frozen=True)
class Act:
    """What one person can do next in an edition: a sentence, and a button where there is something to do now."""

    text: Any = ""
    label: Any = ""
    url: str = ""


Waiting = Callable[[Session, Edition, datetime], list[WaitingItem]]
# What must still be done before an edition can be published: reasons that a person can read.
Requirement = Callable[[Session, Edition], list[str]]
# The edition, the number of a challenge's row where the page is about one, the reader, the instant.
ActFor = Callable[[Session, Edition, int | None, Any, datetime], Act | None]


class EditionRegistry:
    """What the rooms declared, in the order of registration."""

    def __init__(self) -> None:
        self.waiting: list[Waiting] = []
        self.requirements: list[Requirement] = []
        self.act_for: ActFor | None = None
        self.organiser_links: list[OrganiserLink] = []
        self.dashboard_parts: list[PagePart] = []
        self.page_parts: list[PagePart] = []
        self.home_parts: list[PagePart] = []
        # The warnings of the check report that organisers may choose to wait for: code and words.
        self.checks: list[tuple[str, Any]] = []


def edition_registry(app: Flask | None = None) -> EditionRegistry:
    """The registry of an application."""
    extensions = (app or current_app).extensions
    registry: EditionRegistry = extensions.setdefault("hackaviz.editions", EditionRegistry())
    return registry


def shown_parts(
    parts: list[PagePart], session: Session, edition: Edition, now: datetime
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Template and context of each part that has something to show."""
    for part in sorted(parts, key=lambda part: part.order):
        context = part.context(session, edition, now)
        if context is not None:
            yield part.template, context


def what_waits(session: Session, edition: Edition, now: datetime) -> list[WaitingItem]:
    """What waits for someone in an edition, over all rooms, late things first; what is done is left out."""
    items = [item for waiting in edition_registry().waiting for item in waiting(session, edition, now) if item.count]
    return sorted(items, key=lambda item: not item.is_late)
