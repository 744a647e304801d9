"""Whose money a prize is that nobody gets: the pledges that would have paid it, as exactly as those of an award."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.models import Pledge, Prize
from challenges.sponsors.queries import pledges_of, prizes_named, prizes_of, purposes_of
from challenges.sponsors.rules import may_pay
from judging.prizes.funding import Funding, Need, Pool, Shortfall, fund
from judging.prizes.outcomes.queries import open_prizes
from judging.prizes.service import CannotFund


def flow_of(session: Session, edition: Edition, prize: Prize) -> list[tuple[Pledge, int]]:
    """Pledges and cents of what is open of a prize, beside all that is open of others where that can be paid too.

    Raises CannotFund when even alone it could not be paid.
    """
    pledges = pledges_of(session, edition)
    for pledge in pledges:
        session.refresh(pledge)
    prizes = prizes_of(session, edition)
    pools = _pools(session, pledges, prizes)
    still = {each.id: cents for each, cents in open_prizes(session, edition)}
    # Those that are awarded need nothing more; they still count for what a pledge may pay.
    needs = [Need(each.id, each.challenge_id, still.get(each.id, 0)) for each in prizes]
    try:
        fundings = fund(needs, pools)
    except Shortfall:
        alone = [need if need.id == prize.id else replace(need, cents=0) for need in needs]
        fundings = _alone(prize, alone, pools, pledges)
    ours = {each.pool: each.cents for each in fundings if each.need == prize.id}
    return [(pledge, ours[pledge.id]) for pledge in pledges if pledge.id in ours]


def _alone(prize: Prize, needs: Sequence[Need], pools: Sequence[Pool], pledges: Sequence[Pledge]) -> list[Funding]:
    try:
        return fund(needs, pools)
    except Shortfall as shortfall:
        able = [pledge for pledge in pledges if pledge.id in shortfall.pools]
        raise CannotFund(shortfall, [prize], able) from shortfall


def _pools(session: Session, pledges: Sequence[Pledge], prizes: Sequence[Prize]) -> list[Pool]:
    challenges, named = purposes_of(session, pledges), prizes_named(session, pledges)
    return [
        Pool(
            pledge.id,
            pledge.left_cents,
            needs=frozenset(
                each.id for each in prizes if may_pay(each, challenges.get(pledge.id, ()), named.get(pledge.id, ()))
            ),
        )
        for pledge in pledges
    ]
