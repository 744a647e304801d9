"""Whether an award still stands on the ranking that it came from, and who has approved what it says now."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from judging.deliberation.queries import final_rankings_of
from judging.prizes.models import Award, AwardApproval

APPROVALS_NEEDED = 2
NO_RANKING = hashlib.sha256(b"[]").hexdigest()


def rankings_now(session: Session, edition: Edition) -> Mapping[int, str]:
    """Challenge → the hash of its final ranking: entries, scores, places, and whether nobody wins."""
    return {
        challenge: _hash([final.no_winner, sorted([row.entry, str(row.score), row.place] for row in final.ranked)])
        for challenge, final in final_rankings_of(session, edition).items()
    }


def ranking_behind(rankings: Mapping[int, str], challenge_id: int) -> str:
    """The hash for the challenge of an entry; of nothing where no entry has been ranked."""
    return rankings.get(challenge_id, NO_RANKING)


def is_void(award: Award, rankings: Mapping[int, str]) -> bool:
    """Whether the ranking has changed since the award was given or confirmed. What is paid stays paid."""
    return award.paid_on is None and award.ranking_sha256 != ranking_behind(rankings, award.entry.challenge_id)


def standing_approvals(award: Award) -> Sequence[AwardApproval]:
    """The approvals of the award as it is now; those of what it was before do not count."""
    content = content_of(award)
    return [approval for approval in award.approvals if approval.content_sha256 == content]


def is_approved(award: Award) -> bool:
    """Whether two different people approved the award as it is now."""
    return len({approval.person_id for approval in standing_approvals(award)}) >= APPROVALS_NEEDED


def content_of(award: Award) -> str:
    """The hash of all that an approver approves: who gets how much, from whom, on which ranking."""
    parts = sorted([funding.pledge_id, funding.cents] for funding in award.fundings)
    return _hash([award.prize_id, award.entry_id, award.cents, award.ranking_sha256, parts])


def is_funded(award: Award) -> bool:
    """Whether its parts add up to it."""
    return sum(funding.cents for funding in award.fundings) == award.cents


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, separators=(",", ":"), default=str).encode()).hexdigest()
