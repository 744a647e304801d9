"""What the gallery shows of results: their room fills this in `register(app)`, so that this one does not import it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.kernel.bilingual import Bilingual

# The prizes of each awarded entry, by its public identifier, the best first; nothing before the results are public.
AwardLabels = Callable[[Session, Edition, datetime], Mapping[str, Sequence[Bilingual]]]


@dataclass
class GalleryRegistry:
    """What the rooms declared."""

    award_labels: AwardLabels = lambda _session, _edition, _now: {}


def gallery_registry(app: Flask | None = None) -> GalleryRegistry:
    """The registry of an application."""
    registry: GalleryRegistry = (app or current_app).extensions.setdefault("hackaviz.gallery", GalleryRegistry())
    return registry
