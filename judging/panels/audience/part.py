"""The word on the edition's public page while the audience votes."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from judging.panels.audience.queries import audience_panel_of
from judging.panels.audience.rules import vote_is_open


def vote_part(session: Session, edition: Edition, now: datetime) -> dict[str, Any] | None:
    """The vote that is open; hidden otherwise."""
    panel = audience_panel_of(session, edition)
    return {"audience_panel": panel} if panel is not None and vote_is_open(panel, now) else None
