"""Whether an award still stands on the result and the rules that it came from, and who has approved what it says."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.eligibility.rules import Member, obstacles
from challenges.sponsors.eligibility.wording import HAS_ANOTHER_PRIZE
from challenges.sponsors.models import Prize
from challenges.sponsors.queries import one_prize_per_entry
from hackaviz.accounts.models import Person, Role
from judging.deliberation.queries import final_rankings_of
from judging.prizes.freezing import frozen_challenges
from judging.prizes.models import Award, AwardApproval
from judging.prizes.panel_results import given_by_panels
from judging.prizes.queries import second_awards
from judging.prizes.shares.rules import agreed_proposal
from submissions.entries.models import Entry
from submissions.teams.winnable import members_of_teams

APPROVALS_NEEDED = 2
NO_RANKING = hashlib.sha256(b"[]").hexdigest()
# Of awards that were given before rankings were kept with them: nobody can say that theirs has changed.
FROM_BEFORE = ""


@dataclass(frozen=True)
class Rankings:
    """What awards stand on now: challenge → hash of its final ranking, prize → hash of all that its own panel gave,
    team → its members, by whom the conditions of prizes are checked, and the awards beyond one for each entry where
    the rules give no more. `frozen` are the challenges whose final ranking is what the newest seal holds, None while
    nothing is sealed.
    """

    hashes: Mapping[int, str]
    panels: Mapping[int, str]
    members: Mapping[int, Sequence[Member]]
    second: Collection[int]
    frozen: Collection[int] | None

    def behind(self, prize: Prize, entry: Entry) -> str:
        """The result that an award stands on: that of the prize's own panel, else the ranking of the challenge."""
        return self.panels.get(prize.id) or self.hashes.get(entry.challenge_id, NO_RANKING)

    def grounds(self, award: Award) -> list[str]:
        """Why an entry may not have its prize: by the conditions and who is in its team, or because it has another."""
        team = self.members.get(award.entry.team_id, ())
        found = [each.ground.value for each in obstacles(award.prize.rule, team)]
        return [*found, HAS_ANOTHER_PRIZE] if award.id in self.second else found


def rankings_now(session: Session, edition: Edition) -> Rankings:
    """The final rankings (entries, scores, places, whether nobody wins), the results of panels, and the teams."""
    finals = final_rankings_of(session, edition)
    hashes = {
        challenge: digest_of([final.no_winner, sorted([row.entry, str(row.score), row.place] for row in final.ranked)])
        for challenge, final in finals.items()
    }
    panels = {prize: digest_of(given) for prize, given in given_by_panels(session, edition).items()}
    second = second_awards(session, edition) if one_prize_per_entry(session, edition) else ()
    return Rankings(
        hashes, panels, members_of_teams(session, edition), second, frozen_challenges(session, edition, finals)
    )


def stand_on(award: Award, rankings: Rankings) -> None:
    """Let an award stand on what holds now, whatever speaks against it: somebody has decided so."""
    award.ranking_sha256 = rankings.behind(award.prize, award.entry)
    award.although = rankings.grounds(award)


def basis_of(award: Award, rankings: Rankings) -> str:
    """The hash of what an award would stand on now."""
    return digest_of([rankings.behind(award.prize, award.entry), rankings.grounds(award)])


def has_other_result(award: Award, rankings: Rankings) -> bool:
    """Whether the ranking or the panel says something else since the award was given or confirmed."""
    return award.ranking_sha256 not in {FROM_BEFORE, rankings.behind(award.prize, award.entry)}


def new_grounds(award: Award, rankings: Rankings) -> list[str]:
    """What keeps the entry from the prize by the rules of now, and was not set aside: a rule or a team has changed."""
    return [each for each in rankings.grounds(award) if each not in award.although]


def is_void(award: Award, rankings: Rankings) -> bool:
    """Whether the result has changed, or the entry may not have the prize, since the award was given or confirmed.

    What is paid stays paid.
    """
    return award.paid_on is None and (has_other_result(award, rankings) or bool(new_grounds(award, rankings)))


def is_frozen(award: Award, rankings: Rankings) -> bool:
    """Whether the result that an award stands on is sealed; the marks and votes of panels have no ranking of theirs."""
    if rankings.frozen is None:
        return False
    return award.prize_id in rankings.panels or award.entry.challenge_id in rankings.frozen


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
    """The hash of all that an approver approves: who gets how much, from whom, on which result, although what, and
    how members share.
    """
    parts = sorted([funding.pledge_id, funding.cents] for funding in award.fundings)
    agreed = agreed_proposal(award.share_proposals, award.cents)
    shares = [[[part.person_id, part.cents] for part in agreed.parts]] if agreed else []
    although = [award.although] if award.although else []
    return digest_of([award.prize_id, award.entry_id, award.cents, award.ranking_sha256, parts, *shares, *although])


def is_funded(award: Award) -> bool:
    """Whether its parts add up to it."""
    return sum(funding.cents for funding in award.fundings) == award.cents


def digest_of(value: Any) -> str:
    """SHA-256 of plain values."""
    return hashlib.sha256(json.dumps(value, separators=(",", ":"), default=str).encode()).hexdigest()
