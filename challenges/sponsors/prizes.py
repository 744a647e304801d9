"""What can be done with announced prizes: declared, changed with a dated trace, withdrawn while nobody has them."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from challenges.sponsors.eligibility.rules import ConditionTerms
from challenges.sponsors.eligibility.service import require_whole
from challenges.sponsors.models import PledgePrize, Prize, PrizePolicy, PrizeRule
from challenges.sponsors.registry import PrizeChange, sponsor_registry
from challenges.sponsors.rules import FIRST_WITHOUT_PLACE, PrizeKind
from hackaviz.kernel.audit import record
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.kernel.money import decimal_text


@dataclass(frozen=True)
class RuleTerms(ConditionTerms):
    """How a prize is won, and who may win it."""

    kind: PrizeKind = PrizeKind.PLACE
    sponsor_id: int | None = None
    gift_id: int | None = None


BY_PLACE = RuleTerms()


@dataclass(frozen=True)
class PrizeTerms:
    """A prize to announce; `challenge_id` None means the whole edition. `place` counts for prizes by place alone."""

    challenge_id: int | None
    place: int
    title: Bilingual
    cents: int
    rule: RuleTerms = BY_PLACE


def declare_prize(session: Session, *, edition: Edition, terms: PrizeTerms, actor: Any, now: datetime) -> Prize:
    """Announce a prize. Raises Invalid when that place has one, or when the kind of prize lacks what it needs."""
    prize = Prize(edition_id=edition.id, challenge_id=terms.challenge_id)
    _announce(session, prize, terms)
    record(
        session, "prize.declare", subject=prize, actor=actor, now=now, edition_id=edition.id,
        title=prize.title.as_dict(), cents=prize.cents,
    )  # fmt: skip
    _tell(session, PrizeChange(prize, before=Bilingual(), after=announcement(prize)), actor, now)
    return prize


def change_prize(session: Session, *, prize: Prize, terms: PrizeTerms, actor: Any, now: datetime) -> None:
    """Change an announced prize. Raises Invalid below what is awarded or went elsewhere, or when the place is taken."""
    lock_row(session, prize)
    if terms.cents < prize.cents - _spare_cents(session, prize):
        raise Invalid(_l("More than this of the prize is awarded, or its money is decided about."), field="cents")
    before = announcement(prize)
    _announce(session, prize, terms)
    record(
        session, "prize.change", subject=prize, actor=actor, now=now, edition_id=prize.edition_id,
        before=before.as_dict(), after=announcement(prize).as_dict(),
    )  # fmt: skip
    _tell(session, PrizeChange(prize, before=before, after=announcement(prize)), actor, now)


def move_between(session: Session, *, source: Prize, target: Prize, cents: int, actor: Any, now: datetime) -> None:
    """Announce cents of one prize as part of another. Raises Invalid when the first has not that many to spare."""
    if source.id == target.id or cents > _spare_cents(session, source):
        raise Invalid(_l("This prize has not that much left to give to another."), field="target")
    for prize, change in ((source, -cents), (target, cents)):
        before = announcement(prize)
        prize.cents += change
        session.flush()
        after = announcement(prize)
        record(
            session, "prize.change", subject=prize, actor=actor, now=now, edition_id=prize.edition_id,
            before=before.as_dict(), after=after.as_dict(),
        )  # fmt: skip
        _tell(session, PrizeChange(prize, before=before, after=after), actor, now)


def _spare_cents(session: Session, prize: Prize) -> int:
    return prize.cents - prize.awarded_cents - sponsor_registry().settled_cents(session, prize)


def withdraw_prize(session: Session, *, prize: Prize, actor: Any, now: datetime) -> None:
    """Take back a prize that nobody was awarded. Raises Conflict when somebody was, or money was given for it alone."""
    lock_row(session, prize)
    if session.scalar(select(PledgePrize.pledge_id).where(PledgePrize.prize_id == prize.id).limit(1)) is not None:
        raise Conflict(_l("A pledge is given for this prize. Change what it is given for first."))
    before = announcement(prize)
    try:
        with session.begin_nested():
            session.delete(prize)
    except IntegrityError as error:
        raise Conflict(_l("This prize is awarded, or its money is decided about. It cannot be withdrawn.")) from error
    record(
        session, "prize.withdraw", subject=prize, actor=actor, now=now, edition_id=prize.edition_id,
        before=before.as_dict(),
    )  # fmt: skip
    _tell(session, PrizeChange(prize, before=before, after=Bilingual()), actor, now)


def terms_of(prize: Prize) -> PrizeTerms:
    """The terms of a prize as it is announced."""
    rule = prize.rule
    known = RuleTerms(**{name: getattr(rule, name) for name in asdict(BY_PLACE)}) if rule else BY_PLACE
    return PrizeTerms(prize.challenge_id, prize.place, prize.title, prize.cents, known)


def allow_one_prize(session: Session, *, edition: Edition, one_prize: bool, actor: Any, now: datetime) -> None:
    """Decide whether an entry may win one prize of the edition only, or several."""
    policy = session.get(PrizePolicy, edition.id) or PrizePolicy(edition_id=edition.id)
    policy.one_prize_per_entry = one_prize
    session.add(policy)
    record(
        session, "prize.policy", subject=edition, actor=actor, now=now, edition_id=edition.id, one_prize=one_prize
    )  # fmt: skip


def announcement(prize: Prize) -> Bilingual:
    """A prize in words, as it was or is announced: its title, its amount in euros, and who may win it."""
    amount, conditions = decimal_text(prize.cents), prize.conditions
    worth = Bilingual(fr=f" : {amount.replace('.', ',')} €", en=f": €{amount}") if prize.cents else Bilingual()
    return Bilingual(
        fr=prize.title.in_language("fr") + worth.fr + (f" ({conditions.fr})" if conditions.fr else ""),
        en=prize.title.in_language("en") + worth.en + (f" ({conditions.en})" if conditions.en else ""),
    )


def _announce(session: Session, prize: Prize, terms: PrizeTerms) -> None:
    _require_whole(terms)
    kind = terms.rule.kind
    if prize.id is not None and kind is not prize.kind and sponsor_registry().is_awarded(session, prize):
        raise Invalid(_l("This prize is awarded already: how it is won stays as it was."), field="kind")
    by_place = kind is PrizeKind.PLACE
    place = terms.place if by_place else _place_after_all(session, prize, terms)
    try:
        with session.begin_nested():
            prize.place, prize.title, prize.cents = place, terms.title, terms.cents
            _set_rule(prize, terms.rule)
            session.add(prize)
    except IntegrityError as error:
        if by_place:
            raise Invalid(_l("This place has a prize already."), field="place") from error
        raise Invalid(_l("This gift goes with another prize already."), field="gift") from error


def _require_whole(terms: PrizeTerms) -> None:
    rule = terms.rule
    if rule.kind is PrizeKind.PLACE and terms.place < 1:
        raise Invalid(_l("Say for which place it is."), field="place")
    if rule.kind is PrizeKind.SPONSOR_CHOICE and rule.sponsor_id is None:
        raise Invalid(_l("Choose the sponsor whose jurors decide."), field="sponsor")
    if rule.kind is PrizeKind.IN_KIND and rule.gift_id is None:
        raise Invalid(_l("Choose the gift."), field="gift")
    if rule.kind is PrizeKind.IN_KIND and terms.cents:
        raise Invalid(_l("A gift is never added to money. Leave the amount empty."), field="cents")
    if not terms.cents and rule.kind not in {PrizeKind.IN_KIND, PrizeKind.MENTION}:
        raise Invalid(_l("The amount must be more than zero."), field="cents")
    require_whole(rule)


def _place_after_all(session: Session, prize: Prize, terms: PrizeTerms) -> int:
    """A number after every place, which keeps prizes of other kinds in the order in which they were announced."""
    if prize.id is not None and prize.place >= FIRST_WITHOUT_PLACE:
        return prize.place
    ours = (Prize.edition_id == prize.edition_id, Prize.challenge_id.is_not_distinct_from(terms.challenge_id))
    last = session.scalar(select(func.max(Prize.place)).where(*ours, Prize.id.is_distinct_from(prize.id)))
    return max(FIRST_WITHOUT_PLACE, (last or 0) + 1)


def _set_rule(prize: Prize, terms: RuleTerms) -> None:
    if terms == BY_PLACE:
        prize.rule = None
        return
    prize.rule = prize.rule or PrizeRule()
    for name, value in asdict(terms).items():
        setattr(prize.rule, name, value)


def _tell(session: Session, change: PrizeChange, actor: Any, now: datetime) -> None:
    for hear in sponsor_registry().prize_changed:
        hear(session, change, actor, now)
