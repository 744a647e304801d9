"""Who shares an award, and how much each gets."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from judging.prizes.models import Award, Guardian, ShareProposal
from judging.prizes.queries import awards_of
from judging.prizes.shares.rules import agreed_proposal, equal_shares, waiting_proposal
from judging.prizes.winnings import Winning, winnings_of
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


def shares_of(session: Session, winning: Winning) -> list[MemberShare]:
    """Every sharer of what was won: as all of them agreed, or the same for each."""
    return shares_in(session, [winning])[winning.id]


def shares_in(session: Session, winnings: Sequence[Winning]) -> Mapping[int, list[MemberShare]]:
    """Number of what was won → its sharers; all of one edition."""
    sharers = sharers_in(session, [winning.lead for winning in winnings])
    people = {person.id for group in sharers.values() for person in group}
    edition_id = winnings[0].entry.edition_id if winnings else 0
    minors, guardians = minors_among(session, edition_id, people), guardians_of(session, edition_id, people)
    return {
        winning.id: [
            MemberShare(each, cents.get(each.id, 0), each.id in minors, guardians.get(each.id))
            for each in sharers[winning.id]
        ]
        for winning in winnings
        for cents in [cents_by_person(winning, sharers[winning.id])]
    }


def cents_by_person(winning: Winning, sharers: Sequence[Person]) -> Mapping[int, int]:
    """Person → cents: as agreed where every slice is, else the same of the whole sum."""
    agreed = [agreed_proposal(each.share_proposals, each.cents) for each in winning.slices]
    shares: dict[int, int] = {}
    for part in (part for proposal in agreed if proposal is not None for part in proposal.parts):
        shares[part.person_id] = shares.get(part.person_id, 0) + part.cents
    return shares if None not in agreed else equal_shares(winning.cents, [person.id for person in sharers])


@dataclass(frozen=True)
class Waiting:
    """Other shares that a member proposes: of each slice, and person by person for all of them."""

    proposals: Sequence[ShareProposal]

    @property
    def lead(self) -> ShareProposal:
        """The one by whose number it is consented to."""
        return self.proposals[0]

    @property
    def parts(self) -> list[tuple[Person, int]]:
        """Each person with what they would get in all."""
        every = [part for proposal in self.proposals for part in proposal.parts]
        return [
            (part.person, sum(each.cents for each in every if each.person_id == part.person_id))
            for part in self.lead.parts
        ]

    @property
    def consenting(self) -> set[int]:
        """Who has agreed."""
        return {each.person_id for each in self.lead.consents}


def waiting_for(winning: Winning) -> Waiting | None:
    """The newest proposal, while it shares what was won and somebody has yet to consent."""
    found = [waiting_proposal(each.share_proposals, each.cents) for each in winning.slices]
    proposals = [each for each in found if each is not None]
    return Waiting(proposals) if len(proposals) == len(winning.slices) else None


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


def winnings_shared_by(session: Session, edition: Edition, person: Person) -> list[Winning]:
    """What was won in an edition that a person has a share in."""
    winnings = winnings_of(awards_of(session, edition))
    sharers = sharers_in(session, [winning.lead for winning in winnings])
    return [winning for winning in winnings if any(each.id == person.id for each in sharers[winning.id])]
