"""What reviews ask of the room of the meeting, which stands to their right and fills this in `register(app)`."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, current_app
from sqlalchemy.orm import Session

from challenges.editions.models import Edition


@dataclass
class ScoringRegistry:
    """`has_met`: whether the jury's meeting was ever opened, so that jurors may have read each other's reviews."""

    has_met: Callable[[Session, Edition], bool] = lambda _session, _edition: False


def scoring_registry(app: Flask | None = None) -> ScoringRegistry:
    """The registry of an application."""
    registry: ScoringRegistry = (app or current_app).extensions.setdefault("hackaviz.scoring", ScoringRegistry())
    return registry
