"""What other rooms add to a team: each fills its part in `register(app)`, so that this room imports none of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask, current_app
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from submissions.teams.models import Team

# A part of the team's page: a template and what it needs; None hides it.
TeamPart = Callable[[Session, Team, datetime], tuple[str, dict[str, Any]] | None]
# Called before a team takes another challenge; raises a DomainError to refuse.
ChallengeFollower = Callable[[Session, Team, Challenge], None]


@dataclass
class TeamRegistry:
    """What the rooms declared, in the order of registration."""

    parts: list[TeamPart] = field(default_factory=list)
    challenge_followers: list[ChallengeFollower] = field(default_factory=list)


def team_registry(app: Flask | None = None) -> TeamRegistry:
    """The registry of an application."""
    registry: TeamRegistry = (app or current_app).extensions.setdefault("hackaviz.teams", TeamRegistry())
    return registry
