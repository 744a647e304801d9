"""What the gallery shows of results: their room fills this in `register(app)`, so that this one does not import it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from submissions.gallery.index import Awards

# The prizes of each awarded entry, by its public identifier, the best first; nothing before the results are public.
PrizesWon = Callable[[Session, Edition, datetime], Awards]
# Addresses of the site that belong into the archive of an edition; nothing before the results are public.
ArchivedPaths = Callable[[Session, Edition, datetime], Iterable[str]]


@dataclass(frozen=True)
class ArchivedFile:
    """A file that pages of the site offer at `path`, and that an archive keeps under `name`."""

    path: str
    name: str
    content: bytes


ArchivedFiles = Callable[[Session, Edition, datetime], Iterable[ArchivedFile]]


@dataclass(frozen=True)
class FeedItem:
    """A piece of news. `name` is its own within the edition, for good; `path` is its page."""

    name: str
    title: str
    path: str
    published: datetime
    summary: str = ""
    author: str = ""
    changed: datetime | None = None

    @property
    def updated(self) -> datetime:
        """When it was last changed."""
        return self.changed or self.published


FeedItems = Callable[[Session, Edition, datetime], Iterable[FeedItem]]


@dataclass
class GalleryRegistry:
    """What the rooms declared."""

    prizes_won: PrizesWon = lambda _session, _edition, _now: {}
    feed_items: list[FeedItems] = field(default_factory=list)
    archived_paths: list[ArchivedPaths] = field(default_factory=list)
    archived_files: list[ArchivedFiles] = field(default_factory=list)


def gallery_registry(app: Flask | None = None) -> GalleryRegistry:
    """The registry of an application."""
    registry: GalleryRegistry = (app or current_app).extensions.setdefault("hackaviz.gallery", GalleryRegistry())
    return registry
