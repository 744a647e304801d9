"""What the jurors of a sponsor and the audience decided about their prizes, for the organisers who give these."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.editions.rules import judging_is_open
from challenges.sponsors.models import Prize
from challenges.sponsors.queries import prizes_of
from challenges.sponsors.rules import PrizeKind
from judging.panels.audience.queries import audience_panel_of, audience_ranking, votes_by_entry
from judging.prizes.queries import is_awarded
from judging.ranking.weighted_mean import RankedEntry
from judging.scoring.queries import sponsor_marks, sponsor_ranking, unfinished_reviews


@dataclass(frozen=True)
class PanelResult:
    """Who came first for a prize that a panel decides: numbers of entries, several when they tie."""

    prize: Prize
    first: Sequence[int]
    decision: str


def panel_results(session: Session, edition: Edition, now: datetime) -> list[PanelResult]:
    """The prizes that a panel has decided and nobody was given yet.

    A sponsor's jurors have decided when all that they were asked for is finished or skipped, or judging is closed.
    """
    prizes = [prize for prize in prizes_of(session, edition) if not is_awarded(session, prize)]
    found = [(prize, _ranking(session, edition, prize, now)) for prize in prizes]
    return [PanelResult(prize, _first(ranking), _decision(prize)) for prize, ranking in found if _first(ranking)]


def given_by_panels(session: Session, edition: Edition) -> Mapping[int, list[Any]]:
    """Prize → every mark or vote that its own panel gave, in one order; prizes that no panel decides are missing."""
    prizes = prizes_of(session, edition)
    found: dict[int, list[Any]] = {
        prize.id: sponsor_marks(session, prize) for prize in prizes if prize.kind is PrizeKind.SPONSOR_CHOICE
    }
    panel = audience_panel_of(session, edition)
    for prize in (each for each in prizes if each.kind is PrizeKind.AUDIENCE):
        is_ours = panel is not None and panel.prize_id == prize.id
        found[prize.id] = sorted(votes_by_entry(session, panel).items()) if panel and is_ours else []
    return found


def _ranking(session: Session, edition: Edition, prize: Prize, now: datetime) -> Sequence[RankedEntry]:
    if prize.kind is PrizeKind.SPONSOR_CHOICE:
        is_over = not judging_is_open(edition, now) or not unfinished_reviews(session, edition, prize)
        return sponsor_ranking(session, prize) if is_over else ()
    if prize.kind is PrizeKind.AUDIENCE:
        panel = audience_panel_of(session, edition)
        is_over = panel is not None and panel.prize_id == prize.id and panel.closes_at < now
        return audience_ranking(session, edition) if is_over else ()
    return ()


def _first(ranking: Sequence[RankedEntry]) -> list[int]:
    return [row.entry for row in ranking if row.place == 1 and isinstance(row.entry, int)]


def _decision(prize: Prize) -> str:
    if prize.rule is not None and prize.rule.sponsor is not None:
        return _("First by the marks of the jurors of %(sponsor)s.", sponsor=prize.rule.sponsor.name)
    return _("First by the votes of the audience.")
