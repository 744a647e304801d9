"""Whether an award still stands on the ranking that it came from, and who has approved what it says now."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person, Role
from judging.deliberation.queries import final_rankings_of
from judging.prizes.models import Award, AwardApproval
from judging.prizes.shares.rules import agreed_proposal
from submissions.entries.models import Entry
from submissions.teams.winnable import barred_teams

APPROVALS_NEEDED = 2
NO_RANKING = hashlib.sha256(b"[]").hexdigest()
# Of awards that were given before rankings were kept with them: nobody can say that theirs has changed.
FROM_BEFORE = ""


@dataclass(frozen=True)
class Rankings:
    """What awards stand on now: challenge → hash of its final ranking, and the teams that get no prize."""

    hashes: Mapping[int, str]
    barred_teams: frozenset[int]

    def is_barred(self, entry: Entry) -> bool:
        """Whether the team of an entry was refused, or takes part hors concours."""
        return entry.team_id in self.barred_teams


def rankings_now(session: Session, edition: Edition) -> Rankings:
    """The final rankings (entries, scores, places, and whether nobody wins) and the teams that may win nothing."""
    hashes = {
        challenge: _hash([final.no_winner, sorted([row.entry, str(row.score), row.place] for row in final.ranked)])
        for challenge, final in final_rankings_of(session, edition).items()
    }
    return Rankings(hashes, barred_teams(session, edition))


def ranking_behind(rankings: Rankings, entry: Entry) -> str:
    """What an award to an entry stands on: the ranking of its challenge, and whether its team may win nothing."""
    ranking = rankings.hashes.get(entry.challenge_id, NO_RANKING)
    return _although_barred(ranking) if rankings.is_barred(entry) else ranking


def is_void(award: Award, rankings: Rankings) -> bool:
    """Whether the ranking has changed, or the team may win nothing, since the award was given or confirmed.

    What is paid stays paid.
    """
    return award.paid_on is None and award.ranking_sha256 not in _grounds(award, rankings)


def _grounds(award: Award, rankings: Rankings) -> Collection[str]:
    behind = ranking_behind(rankings, award.entry)
    # Who was given a prize although barred keeps it when no longer barred.
    return {behind} if rankings.is_barred(award.entry) else {behind, _although_barred(behind), FROM_BEFORE}


def _although_barred(ranking: str) -> str:
    return _hash([ranking, "refused"])


def standing_approvals(award: Award) -> Sequence[AwardApproval]:
    """The approvals of the award as it is now, by people who may still give them; no others count."""
    content = content_of(award)
    return [each for each in award.approvals if each.content_sha256 == content and _may_approve(each.person, award)]


def _may_approve(person: Person, award: Award) -> bool:
    return person.is_administrator or person.has_role(Role.ORGANISER, award.prize.edition_id)


def is_approved(award: Award) -> bool:
    """Whether two different people approved the award as it is now."""
    return len({approval.person_id for approval in standing_approvals(award)}) >= APPROVALS_NEEDED


def content_of(award: Award) -> str:
    """The hash of all that an approver approves: who gets how much, from whom, on which ranking, how members share."""
    parts = sorted([funding.pledge_id, funding.cents] for funding in award.fundings)
    agreed = agreed_proposal(award.share_proposals, award.cents)
    shares = [[[part.person_id, part.cents] for part in agreed.parts]] if agreed else []
    return _hash([award.prize_id, award.entry_id, award.cents, award.ranking_sha256, parts, *shares])


def is_funded(award: Award) -> bool:
    """Whether its parts add up to it."""
    return sum(funding.cents for funding in award.fundings) == award.cents


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, separators=(",", ":"), default=str).encode()).hexdigest()
