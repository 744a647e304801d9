"""Named reads of sponsors, pledges and prizes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.editions.models import Edition
from challenges.sponsors.models import Pledge, PledgePrize, Prize, PrizePolicy, Sponsor, pledge_challenges
from challenges.sponsors.rules import may_pay
from hackaviz.accounts.models import EditionRole, Person


def sponsors_of(session: Session, edition: Edition) -> Sequence[Sponsor]:
    """The sponsors of an edition with their pledges, by name."""
    query = select(Sponsor).where(Sponsor.edition_id == edition.id).options(selectinload(Sponsor.pledges))
    return session.scalars(query.order_by(Sponsor.name)).all()


def sponsor_by_id(session: Session, edition: Edition, sponsor_id: int) -> Sponsor | None:
    """One sponsor of an edition, with pledges and payments."""
    return session.scalar(
        select(Sponsor)
        .where(Sponsor.id == sponsor_id, Sponsor.edition_id == edition.id)
        .options(selectinload(Sponsor.pledges).selectinload(Pledge.payments))
    )


def contacts_of(session: Session, sponsor: Sponsor) -> Sequence[Person]:
    """The people who may see what a sponsor gave."""
    query = select(Person).join(EditionRole, EditionRole.person_id == Person.id)
    return session.scalars(query.where(EditionRole.sponsor_id == sponsor.id).order_by(Person.name)).all()


def pledge_by_id(session: Session, edition: Edition, pledge_id: int) -> Pledge | None:
    """One pledge of an edition, with its sponsor and payments."""
    return session.scalar(
        select(Pledge)
        .where(Pledge.id == pledge_id, Pledge.edition_id == edition.id)
        .options(joinedload(Pledge.sponsor), selectinload(Pledge.payments), selectinload(Pledge.instalments))
    )


def pledges_of(session: Session, edition: Edition) -> Sequence[Pledge]:
    """The pledges of an edition with their sponsors."""
    query = select(Pledge).where(Pledge.edition_id == edition.id)
    query = query.options(joinedload(Pledge.sponsor), selectinload(Pledge.instalments))
    return session.scalars(query.order_by(Pledge.id)).all()


def purposes_of(session: Session, pledges: Sequence[Pledge]) -> Mapping[int, frozenset[int]]:
    """Pledge → the challenges it is given for; a pledge that is missing here is given for the whole edition."""
    purposes: dict[int, set[int]] = defaultdict(set)
    wanted = [pledge.id for pledge in pledges]
    for pledge_id, challenge_id in session.execute(
        select(pledge_challenges.c.pledge_id, pledge_challenges.c.challenge_id).where(
            pledge_challenges.c.pledge_id.in_(wanted)
        )
    ):
        purposes[pledge_id].add(challenge_id)
    return {pledge_id: frozenset(challenges) for pledge_id, challenges in purposes.items()}


def prizes_named(session: Session, pledges: Sequence[Pledge]) -> Mapping[int, frozenset[int]]:
    """Pledge → the single prizes it is given for; a pledge that is missing here names none."""
    named: dict[int, set[int]] = defaultdict(set)
    query = select(PledgePrize).where(PledgePrize.pledge_id.in_([pledge.id for pledge in pledges]))
    for row in session.scalars(query):
        named[row.pledge_id].add(row.prize_id)
    return {pledge_id: frozenset(prizes) for pledge_id, prizes in named.items()}


def purpose_of(session: Session, pledge: Pledge) -> tuple[frozenset[int], frozenset[int]]:
    """The challenges and the single prizes that a pledge is given for; both empty when it may pay any prize."""
    none: frozenset[int] = frozenset()
    named = prizes_named(session, [pledge]).get(pledge.id, none)
    return purposes_of(session, [pledge]).get(pledge.id, none), named


def prizes_of(session: Session, edition: Edition) -> Sequence[Prize]:
    """The prizes of an edition, challenge by challenge, in order of place; those of the whole edition last."""
    query = select(Prize).where(Prize.edition_id == edition.id)
    return session.scalars(query.order_by(Prize.challenge_id.is_(None), Prize.challenge_id, Prize.place)).all()


def announced_for(session: Session, edition: Edition, pledges: Sequence[Pledge]) -> Mapping[int, int]:
    """Pledge → the cents of announced prizes that it may pay. Two pledges may count the same prize."""
    challenges, named, prizes = (
        purposes_of(session, pledges),
        prizes_named(session, pledges),
        prizes_of(session, edition),
    )
    return {
        pledge.id: sum(
            prize.cents for prize in prizes if may_pay(prize, challenges.get(pledge.id, ()), named.get(pledge.id, ()))
        )
        for pledge in pledges
    }


def prize_by_id(session: Session, edition: Edition, prize_id: int) -> Prize | None:
    """One prize of an edition."""
    return session.scalar(select(Prize).where(Prize.id == prize_id, Prize.edition_id == edition.id))


def one_prize_per_entry(session: Session, edition: Edition) -> bool:
    """Whether an entry may win one prize of the edition only."""
    policy = session.get(PrizePolicy, edition.id)
    return policy is not None and policy.one_prize_per_entry
