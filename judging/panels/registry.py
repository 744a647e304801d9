"""What panels ask of the room of reviews, which stands to its right and fills this in `register(app)`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from judging.panels.rules import Pair


@dataclass
class PanelRegistry:
    """`finished` tells, for each review of an edition that was begun, by (juror, entry), whether it is finished."""

    finished: Callable[[Session, Edition], Mapping[Pair, bool]] = lambda _session, _edition: {}


def panel_registry(app: Flask | None = None) -> PanelRegistry:
    """The registry of an application."""
    registry: PanelRegistry = (app or current_app).extensions.setdefault("hackaviz.panels", PanelRegistry())
    return registry
