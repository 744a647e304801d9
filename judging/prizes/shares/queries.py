"""Who shares an award, and how much each gets."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from judging.prizes.models import Award, Guardian
from judging.prizes.queries import awards_of
from judging.prizes.shares.rules import agreed_proposal, equal_shares
from submissions.entries.models import EntryVersion
from submissions.teams.models import Registration, TeamMember


@dataclass(frozen=True)
class MemberShare:
    """What one member gets of an award; `guardian` receives and decides for a minor."""

    person: Person
    cents: int
    is_minor: bool
    guardian: Guardian | None

    @property
    def needs_guardian(self) -> bool:
        """Whether nobody consented yet for a minor who gets something."""
        return self.is_minor and self.cents > 0 and self.guardian is None


def shares_of(session: Session, award: Award) -> list[MemberShare]:
    """Every sharer of an award: as all of them agreed, or the same for each."""
    return shares_in(session, [award])[award.id]


def shares_in(session: Session, awards: Sequence[Award]) -> Mapping[int, list[MemberShare]]:
    """Award → its sharers; all awards are of one edition."""
    sharers = sharers_in(session, awards)
    people = {person.id for group in sharers.values() for person in group}
    edition_id = awards[0].entry.edition_id if awards else 0
    minors, guardians = minors_among(session, edition_id, people), guardians_of(session, edition_id, people)
    return {
        award.id: [
            MemberShare(each, cents.get(each.id, 0), each.id in minors, guardians.get(each.id))
            for each in sharers[award.id]
        ]
        for award in awards
        for cents in [cents_by_person(award, sharers[award.id])]
    }


def cents_by_person(award: Award, sharers: Sequence[Person]) -> Mapping[int, int]:
    """Person → cents of an award."""
    agreed = agreed_proposal(award.share_proposals, award.cents)
    if agreed is not None:
        return {part.person_id: part.cents for part in agreed.parts}
    return equal_shares(award.cents, [person.id for person in sharers])


def sharers_in(session: Session, awards: Sequence[Award]) -> Mapping[int, list[Person]]:
    """Award → the members when the work was handed in, in the order of their seats; who left since comes last.

    Who came since shares nothing. Of a work that was never handed in, the members of now.
    """
    handed_in = _members_at_hand_in(session, awards)
    teams = {award.entry.team_id for award in awards}
    query = select(TeamMember.team_id, TeamMember.seat, Person).join(TeamMember.person)
    seated = session.execute(query.where(TeamMember.team_id.in_(teams)).order_by(TeamMember.seat)).all()
    named = {name for names in handed_in.values() for name in names}
    known = {each.public_id: each for each in session.scalars(select(Person).where(Person.public_id.in_(named)))}
    found: dict[int, list[Person]] = {}
    for award in awards:
        here = [person for team_id, _seat, person in seated if team_id == award.entry.team_id]
        names = handed_in.get(award.id, [person.public_id for person in here])
        gone = [known[name] for name in names if name in known and known[name] not in here]
        found[award.id] = [each for each in here if each.public_id in names] + gone
    return found


def _members_at_hand_in(session: Session, awards: Sequence[Award]) -> Mapping[int, list[str]]:
    """Award → the identifiers of the members who had accepted the rules when its work was handed in."""
    counting = {award.entry.current_version_id: award.id for award in awards}
    query = select(EntryVersion.id, EntryVersion.manifest).where(EntryVersion.id.in_(counting))
    versions = {row.id: row.manifest for row in session.execute(query)}
    manifests = {award.id: versions.get(award.entry.current_version_id, {}) for award in awards}
    return {award_id: list(each["rules"]) for award_id, each in manifests.items() if each.get("rules")}


def minors_among(session: Session, edition_id: int, people: Collection[int]) -> frozenset[int]:
    """Those who said that they are under 18."""
    query = select(Registration.person_id).where(Registration.edition_id == edition_id, Registration.is_minor)
    return frozenset(session.scalars(query.where(Registration.person_id.in_(people))))


def guardians_of(session: Session, edition_id: int, people: Collection[int]) -> Mapping[int, Guardian]:
    """Person → the guardian who consented for them."""
    query = select(Guardian).where(Guardian.edition_id == edition_id, Guardian.person_id.in_(people))
    return {each.person_id: each for each in session.scalars(query)}


def awards_shared_by(session: Session, edition: Edition, person: Person) -> list[Award]:
    """The awards of an edition that a person has a share in."""
    awards = awards_of(session, edition)
    sharers = sharers_in(session, awards)
    return [award for award in awards if any(each.id == person.id for each in sharers[award.id])]
