"""What other rooms do with entries: each fills its part in `register(app)`, so that this room imports none of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy.orm import Session

from submissions.entries.models import Upload

# Called in the transaction that accepts an upload, for example to ask for its still image.
UploadAccepted = Callable[[Session, Upload, datetime], None]
# "What the jury will see" of an upload: a template and what it needs; None hides it.
WorkPart = Callable[[Session, Upload, datetime], tuple[str, dict[str, Any]] | None]
# A line of the check report: its state ("ok", "info", "warn"), a sentence, and what to do.
Line = tuple[str, str, str | None]
CheckLines = Callable[[Session, Upload], list[Line]]
# Sentences that say why an edition does not take this file: its organisers chose which warnings refuse a hand-in.
Hindrances = Callable[[Session, Upload], list[str]]
# Called where the antivirus finds something later in an upload that was accepted: with the name of what it found.
UploadInfected = Callable[[Session, Upload, str, datetime], None]


@dataclass
class EntryRegistry:
    """What the rooms declared, in the order of registration."""

    on_upload_accepted: list[UploadAccepted] = field(default_factory=list)
    on_upload_infected: list[UploadInfected] = field(default_factory=list)
    work_parts: list[WorkPart] = field(default_factory=list)
    check_lines: list[CheckLines] = field(default_factory=list)
    hindrances: list[Hindrances] = field(default_factory=list)


def entry_registry(app: Flask | None = None) -> EntryRegistry:
    """The registry of an application."""
    registry: EntryRegistry = (app or current_app).extensions.setdefault("hackaviz.entries", EntryRegistry())
    return registry
