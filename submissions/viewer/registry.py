"""Who else may see an upload: rooms to the right fill this in `register(app)`; this one imports none."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask, current_app

from submissions.entries.models import Upload

# Whether a person may see an upload that is not public: a juror who was given the entry and has no conflict.
MayOpen = Callable[[Any, Upload, datetime], bool]


@dataclass
class ViewerRegistry:
    """What the rooms declared."""

    may_open: list[MayOpen] = field(default_factory=list)


def viewer_registry(app: Flask | None = None) -> ViewerRegistry:
    """The registry of an application."""
    registry: ViewerRegistry = (app or current_app).extensions.setdefault("hackaviz.viewer", ViewerRegistry())
    return registry
