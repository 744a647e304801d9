"""What an entry won at once: an award, or its slices of the prizes that a tie pooled. People decide about it as one.

The slices stay apart where money is: each prize is funded, bound and paid exactly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.models import Pledge, Prize
from hackaviz.kernel.bilingual import LANGUAGES, Bilingual
from judging.prizes.models import Award, AwardApproval
from judging.prizes.queries import awards_of
from judging.prizes.rules import slices_together
from judging.prizes.standing import (
    APPROVALS_NEEDED,
    Rankings,
    basis_of,
    content_of,
    digest_of,
    is_frozen,
    is_funded,
    is_void,
    new_grounds,
    standing_approvals,
)
from judging.prizes.wording import shared_places
from submissions.entries.models import Entry


@dataclass(frozen=True)
class Winning:
    """One award, or the slices of one entry from one tie, by place. It goes by the number of the first."""

    slices: tuple[Award, ...]

    @property
    def lead(self) -> Award:
        """The slice of the best place; what is one for all of them is read from it."""
        return self.slices[0]

    @property
    def id(self) -> int:
        return self.lead.id

    @property
    def entry(self) -> Entry:
        return self.lead.entry

    @property
    def prize(self) -> Prize:
        return self.lead.prize

    @property
    def is_pooled(self) -> bool:
        """Whether places were pooled, so that it has several slices."""
        return len(self.slices) > 1

    @property
    def title(self) -> Bilingual:
        """The title of the prize, or which places are shared."""
        return shared_places([each.prize.place for each in self.slices]) if self.is_pooled else self.prize.title

    @property
    def prizes(self) -> dict[str, str]:
        """The titles of all its prizes in both languages, for the log."""
        titles = [each.prize.title.as_dict() for each in self.slices]
        return {language: ", ".join(each[language] for each in titles) for language in LANGUAGES}

    @property
    def cents(self) -> int:
        return sum(each.cents for each in self.slices)

    @property
    def paid_on(self) -> date | None:
        return self.lead.paid_on

    @property
    def payers(self) -> list[tuple[Pledge, int]]:
        """Each pledge with all that it pays, by number."""
        parts = [part for award in self.slices for part in award.fundings]
        pledges = {part.pledge_id: part.pledge for part in parts}
        return [(pledges[key], sum(each.cents for each in parts if each.pledge_id == key)) for key in sorted(pledges)]

    @property
    def content(self) -> str:
        """The hash of all that an approver approves."""
        contents = [content_of(each) for each in self.slices]
        return digest_of(contents) if self.is_pooled else contents[0]

    @property
    def approvals(self) -> Sequence[AwardApproval]:
        """One approval of each person who approved every slice as it is now."""
        lead, *others = (standing_approvals(each) for each in self.slices)
        people = [{each.person_id for each in approvals} for approvals in others]
        return [each for each in lead if all(each.person_id in approvers for approvers in people)]

    @property
    def is_approved(self) -> bool:
        """Whether two different people approved it as it is now."""
        return len({each.person_id for each in self.approvals}) >= APPROVALS_NEEDED

    @property
    def is_funded(self) -> bool:
        return all(is_funded(each) for each in self.slices)

    def basis(self, rankings: Rankings) -> str:
        """The hash of what it would stand on now."""
        bases = [basis_of(each, rankings) for each in self.slices]
        return digest_of(bases) if self.is_pooled else bases[0]

    def is_void(self, rankings: Rankings) -> bool:
        """Whether the result has changed, or the entry may not have a prize of it, since it was given or confirmed."""
        return any(is_void(each, rankings) for each in self.slices)

    def is_frozen(self, rankings: Rankings) -> bool:
        """Whether the result that it stands on is sealed."""
        return all(is_frozen(each, rankings) for each in self.slices)

    def new_grounds(self, rankings: Rankings) -> list[str]:
        """What keeps the entry from it by the rules of now, and was not set aside."""
        return list(dict.fromkeys(ground for each in self.slices for ground in new_grounds(each, rankings)))


def winnings_of(awards: Iterable[Award]) -> list[Winning]:
    """Awards, the slices of one tie together, in the order of their first slices."""
    return [Winning(tuple(sorted(each, key=_place))) for each in slices_together(awards, _tie)]


def winning_with(session: Session, edition: Edition, award: Award) -> Winning:
    """What an award is a part of."""
    winnings = winnings_of(awards_of(session, edition))
    return next(winning for winning in winnings if award in winning.slices)


def _tie(award: Award) -> Any:
    """What the slices of one tie have in common.

    By the ranking an entry gets several prizes in one act only where a tie pools them.
    """
    if award.prize.challenge_id is None or award.decision:
        return None
    return award.entry_id, award.prize.challenge_id, award.decided_at


def _place(award: Award) -> int:
    return award.prize.place
