"""Sharing an award otherwise than equally: proposed by a member, in force once every member has consented."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.kernel.audit import record
from hackaviz.kernel.errors import Conflict, Invalid
from judging.prizes.locking import lock_award
from judging.prizes.models import Award, Guardian, ShareConsent, SharePart, ShareProposal
from judging.prizes.shares.queries import guardians_of, minors_among, sharers_in
from judging.prizes.shares.rules import laid_on, total
from judging.prizes.winnings import Winning, winning_with


def propose_shares(
    session: Session, *, edition: Edition, award: Award, cents: Mapping[int, int], actor: Person, now: datetime
) -> ShareProposal:
    """Propose other shares (person → cents) of an award and the other slices of its tie, and consent to them.

    What was agreed before holds until all consent. Raises Invalid unless the shares sum to what was won, Conflict once
    it is paid or for a minor without a guardian.
    """
    lock_award(session, edition, award)
    winning = winning_with(session, edition, award)
    _refuse_paid(winning)
    people = [person.id for person in sharers_in(session, [award])[award.id]]
    if set(cents) != set(people) or sum(cents.values()) != winning.cents:
        raise Invalid(_l("The shares must add up to the award, to the cent."))
    laid = laid_on({each.id: each.cents for each in winning.slices}, {person: cents[person] for person in people})
    made = [_proposal(each, laid[each.id], actor, now) for each in winning.slices]
    session.add_all(made)
    session.flush()
    _record(session, "award.propose_shares", winning, actor, now, shares=sorted(cents.items()))
    consent(session, edition=edition, proposal=made[0], actor=actor, now=now)
    return made[0]


def _proposal(award: Award, cents: Mapping[int, int], actor: Person, now: datetime) -> ShareProposal:
    made = ShareProposal(award=award, proposed_by_id=actor.id, proposed_at=now)
    made.parts = [SharePart(person_id=each, position=place, cents=cents[each]) for place, each in enumerate(cents)]
    return made


def consent(session: Session, *, edition: Edition, proposal: ShareProposal, actor: Person, now: datetime) -> None:
    """Agree to a proposal, of every slice at once.

    Raises Conflict when a newer one took its place, when the award is worth something else, or for a minor whose
    guardian has not consented.
    """
    award = proposal.award
    lock_award(session, edition, award)
    winning = winning_with(session, edition, award)
    _refuse_paid(winning)
    if award.share_proposals[-1].id != proposal.id:
        raise Conflict(_l("Somebody has proposed other shares meanwhile. Nothing was recorded. Look at them."))
    newest = [each.share_proposals[-1] for each in winning.slices]
    if any(total(each) != each.award.cents for each in newest):
        raise Conflict(_l("The prize is worth another amount now. Nothing was recorded. Propose new shares."))
    if minors_among(session, edition.id, [actor.id]) and not guardians_of(session, edition.id, [actor.id]):
        raise Conflict(_l("You are under 18: your guardian consents first, on this page."))
    if all(each.person_id != actor.id for each in proposal.consents):
        for each in newest:
            each.consents.append(ShareConsent(person_id=actor.id, consented_at=now))
        _record(session, "award.consent_to_shares", winning, actor, now, proposal=proposal.id)
    session.flush()


def name_guardian(session: Session, *, edition: Edition, name: str, actor: Person, now: datetime) -> Guardian:
    """Note that a guardian consents for the actor, who is under 18; a later one takes the place of an earlier one."""
    if not minors_among(session, edition.id, [actor.id]):
        raise Conflict(_l("You have not said that you are under 18. Nobody has to consent for you."))
    known = guardians_of(session, edition.id, [actor.id]).get(actor.id)
    guardian = known or Guardian(edition_id=edition.id, person_id=actor.id)
    guardian.name, guardian.consented_at, guardian.recorded_by_id = name, now, actor.id
    session.add(guardian)
    session.flush()
    record(session, "award.name_guardian", subject=actor, actor=actor, now=now, edition_id=edition.id)
    return guardian


def _refuse_paid(winning: Winning) -> None:
    if winning.paid_on:
        raise Conflict(_l("This award is paid. How it was shared cannot be changed any more."))
    if not winning.cents:
        raise Conflict(_l("There is no money to share."))


def _record(session: Session, verb: str, winning: Winning, actor: Person, now: datetime, **facts: Any) -> None:
    edition_id, entry = winning.prize.edition_id, winning.entry.code
    record(session, verb, subject=winning.lead, actor=actor, now=now, edition_id=edition_id, entry=entry, **facts)
