"""What follows from the rankings: who should get which prize, and who is passed over, before anything is written."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from challenges.sponsors.eligibility.rules import obstacles
from challenges.sponsors.eligibility.wording import HAS_ANOTHER_PRIZE
from challenges.sponsors.models import Prize
from challenges.sponsors.queries import one_prize_per_entry, prizes_of
from challenges.sponsors.rules import PrizeKind
from hackaviz.kernel.bilingual import Bilingual
from judging.deliberation.queries import final_rankings_of
from judging.prizes.models import PassedOver
from judging.prizes.outcomes.queries import settled_prizes
from judging.prizes.queries import awards_of, entries_with_a_prize
from judging.prizes.rules import Deal, OfferedPrize, Pass, Placed, Share, deal_rest, published_order, slices_together
from judging.prizes.wording import shared_places
from submissions.entries.models import Entry
from submissions.teams.winnable import members_of_teams


def follows_from_ranking(prize: Prize) -> bool:
    """Whether the ranking of a challenge decides about a prize; people decide about all others."""
    return prize.challenge_id is not None and prize.kind is PrizeKind.PLACE


def propose(session: Session, edition: Edition) -> Deal:
    """Who should get what: in each challenge the prizes go by final place among the entries that may have them.

    Of a prize whose money went back or over, what is left is offered. What is paid stays, and is not in the deal.
    """
    left = {
        prize: prize.cents - gone for prize, gone in settled_prizes(session, edition) if follows_from_ranking(prize)
    }
    prizes = [prize for prize, cents in left.items() if cents > 0]
    ranked = [award for award in awards_of(session, edition) if follows_from_ranking(award.prize)]
    paid = [Share(award.prize_id, award.entry_id, award.cents) for award in ranked if award.paid_on]
    grounds = grounds_in(session, edition, prizes, but=[award.id for award in ranked])
    deal, finals = Deal([], []), final_rankings_of(session, edition)
    known = session.execute(select(Entry.id, Entry.public_id).where(Entry.edition_id == edition.id))
    names = {row.id: row.public_id for row in known}
    for challenge in challenges_of(session, edition):
        final = finals.get(challenge.id)
        if final is None or final.no_winner is not None:
            continue
        ours = [OfferedPrize(each.id, each.place, left[each]) for each in prizes if each.challenge_id == challenge.id]
        places = {row.entry: row.place for row in final.ranked if row.place is not None}
        in_order = published_order(edition.slug, names, places)
        placed = [Placed(entry, places[entry]) for entry in in_order]
        stays = [share for share in paid if share.prize in {each.id for each in ours}]
        dealt = deal_rest(ours, placed, grounds, stays)
        deal.shares.extend(dealt.shares)
        deal.passes.extend(dealt.passes)
    return deal


@dataclass(frozen=True)
class Proposed:
    """What an entry would get: a prize, or the places that it shares, and the sum."""

    entry: int
    title: Bilingual
    cents: int


def proposed_together(deal: Deal, prizes: Sequence[Prize]) -> list[Proposed]:
    """The shares of a deal, those of one entry in a tie as one."""
    by_id: dict[Hashable, Prize] = {prize.id: prize for prize in prizes}
    # By the ranking an entry gets several prizes only where a tie pools them.
    return [
        _proposed(shares, [by_id[each.prize] for each in shares]) for shares in slices_together(deal.shares, _entry)
    ]


def _proposed(shares: Sequence[Share], prizes: Sequence[Prize]) -> Proposed:
    places = sorted(prize.place for prize in prizes)
    title = prizes[0].title if len(prizes) == 1 else shared_places(places)
    return Proposed(cast(int, shares[0].entry), title, sum(share.cents for share in shares))


def _entry(share: Share) -> Hashable:
    return share.entry


def grounds_in(
    session: Session, edition: Edition, prizes: Sequence[Prize], *, but: Collection[int] = ()
) -> Mapping[tuple[Hashable, Hashable], Sequence[str]]:
    """Prize and entry → why the entry may not have the prize; the awards `but` count for nothing."""
    members = members_of_teams(session, edition)
    taken = entries_with_a_prize(session, edition, but=but) if one_prize_per_entry(session, edition) else frozenset()
    entries = session.execute(select(Entry.id, Entry.team_id).where(Entry.edition_id == edition.id)).all()
    found: dict[tuple[Hashable, Hashable], Sequence[str]] = {}
    for prize in prizes:
        for entry_id, team_id in entries:
            why = [each.ground.value for each in obstacles(prize.rule, members.get(team_id, ()))]
            if entry_id in taken and prize.kind is not PrizeKind.MENTION:
                why.append(HAS_ANOTHER_PRIZE)
            if why:
                found[prize.id, entry_id] = why
    return found


def record_passes(session: Session, edition: Edition, passes: Sequence[Pass], now: datetime) -> None:
    """Keep who is passed over, in place of what was kept before for prizes that follow from a ranking."""
    ours = [prize.id for prize in prizes_of(session, edition) if follows_from_ranking(prize)]
    session.execute(delete(PassedOver).where(PassedOver.prize_id.in_(ours)))
    session.add_all(
        PassedOver(prize_id=each.prize, entry_id=each.entry, grounds=list(each.grounds), recorded_at=now)
        for each in passes
    )


def may_win(session: Session, prize: Prize, entries: Sequence[Entry]) -> Sequence[Entry]:
    """The entries that may have a prize, by its conditions."""
    edition = session.get_one(Edition, prize.edition_id)
    members = members_of_teams(session, edition, {entry.team_id for entry in entries})
    return [entry for entry in entries if not obstacles(prize.rule, members.get(entry.team_id, ()))]
