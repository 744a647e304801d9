"""What reviews ask and tell rooms to their right, which fill this in `register(app)`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask import Flask, current_app
from sqlalchemy.orm import Session

from challenges.editions.models import Edition


class Change(StrEnum):
    """What changed of a result."""

    METHOD = "method"
    MARKS = "marks"


@dataclass
class ScoringRegistry:
    """`has_met`: whether the jury's meeting was ever opened, so that jurors may have read each other's reviews.

    `is_meeting`: whether it is open now. `changed`: the result is no longer what it was, at an instant; whoever calls
    it holds the edition's row.
    """

    has_met: Callable[[Session, Edition], bool] = lambda _session, _edition: False
    is_meeting: Callable[[Session, Edition], bool] = lambda _session, _edition: False
    changed: Callable[[Session, Edition, Change, datetime], None] = lambda *_given: None


def scoring_registry(app: Flask | None = None) -> ScoringRegistry:
    """The registry of an application."""
    registry: ScoringRegistry = (app or current_app).extensions.setdefault("hackaviz.scoring", ScoringRegistry())
    return registry
