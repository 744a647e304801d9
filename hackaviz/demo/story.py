"""What the demo’s six editions are made of, as plain values. `reading.py` reads them from contest/."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hackaviz.kernel.bilingual import Bilingual

Marks = tuple[int, ...]


@dataclass(frozen=True)
class FactContent:
    """Something that a source says, with the source."""

    text: Bilingual
    source: Bilingual


@dataclass(frozen=True)
class SumContent:
    """A sum told by a source, in cents."""

    cents: int
    source: Bilingual


@dataclass(frozen=True)
class TwoSums:
    """What was raised, what was announced, and the sentence on the difference."""

    raised: SumContent
    announced: SumContent
    note: Bilingual


@dataclass(frozen=True)
class CriterionContent:
    """A line of the rubric; `labels` name the marks from 0 up."""

    slug: str
    name: Bilingual
    question: Bilingual
    weight: int
    labels: tuple[Bilingual, ...]


@dataclass(frozen=True)
class PrizeContent:
    """A prize of a challenge, in cents."""

    place: int
    title: Bilingual
    cents: int


@dataclass(frozen=True)
class ChallengeContent:
    """A challenge; `datasets` are slugs of the catalogue, `brief` is Markdown."""

    number: int
    slug: str
    title: Bilingual
    question: Bilingual
    brief: Bilingual
    criteria: tuple[CriterionContent, ...]
    datasets: tuple[str, ...]
    prizes: tuple[PrizeContent, ...]


@dataclass(frozen=True)
class SponsorContent:
    """An invented sponsor and its pledge. No challenge number means all; the carrier is named for custody 'carrier'."""

    slug: str
    name: str
    description: Bilingual
    cents: int
    received_cents: int
    custody: str
    carrier: str
    challenges: tuple[int, ...]


@dataclass(frozen=True)
class BroughtContent:
    """What a party of the agreement brings; only money has cents."""

    kind: str
    text: str
    cents: int | None


@dataclass(frozen=True)
class PartyContent:
    """A party of the agreement; one of them carries the money."""

    name: str
    is_carrier: bool
    brings: tuple[BroughtContent, ...]


@dataclass(frozen=True)
class AgreementContent:
    """The agreement of an edition, signed by all on one day (ISO)."""

    title: Bilingual
    reference: str
    signed_on: str
    parties: tuple[PartyContent, ...]


@dataclass(frozen=True)
class GiftContent:
    """A gift in kind of the sponsor with this slug; its value is not stated."""

    sponsor: str
    title: Bilingual
    terms: Bilingual
    received_on: str


@dataclass(frozen=True)
class SubsidyContent:
    """A subsidy that a source says was requested; the rate is in hundredths of a percent."""

    funder: str
    purpose: str
    cost_without_tax: int
    cost_with_tax: int
    rate: int
    requested: int
    requested_on: str


@dataclass(frozen=True)
class MoneyContent:
    """The papers behind the money, where an edition tells of them."""

    agreement: AgreementContent
    gifts: tuple[GiftContent, ...]
    subsidies: tuple[SubsidyContent, ...]


@dataclass(frozen=True)
class JurorContent:
    """An invented juror."""

    slug: str
    name: str
    role: Bilingual


@dataclass(frozen=True)
class MemberContent:
    """An invented student; `school` is a slug of `reading.read_schools`. The first member of a team is its captain."""

    name: str
    school: str
    is_captain: bool
    is_minor: bool


@dataclass(frozen=True)
class TeamContent:
    """An invented team; `work` is the slug of what it handed in, None while it has nothing."""

    slug: str
    name: str
    members: tuple[MemberContent, ...]
    challenge: int | None
    work: str | None


@dataclass(frozen=True)
class ConflictContent:
    """A juror who does not score a work, and why."""

    juror: str
    work: str
    reason: Bilingual


@dataclass(frozen=True)
class AimContent:
    """An ambition or an objective that all editions of the demo declare."""

    slug: str
    title: Bilingual


@dataclass(frozen=True)
class ListingContent:
    """What the organisers decided of listing a work; `state` is listed or refused."""

    work: str
    state: str
    reason: Bilingual


@dataclass(frozen=True)
class CommentContent:
    """What a juror wrote of a work, in French."""

    juror: str
    work: str
    text: str


@dataclass(frozen=True)
class DuelContent:
    """Which of two works a juror found better."""

    juror: str
    winner: str
    loser: str


@dataclass(frozen=True)
class BallotContent:
    """What a member of a team of the edition, by name, chose in the vote of the audience."""

    voter: str
    work: str


@dataclass(frozen=True)
class MentionContent:
    """A special mention without money: an invented decision of the jury, in French."""

    title: Bilingual
    work: str
    decision: str


@dataclass(frozen=True)
class EditionContent:
    """An edition. `state` is finished, embargo (decided, not public yet), meeting, judging or open.

    `calendar` holds registration_opens, registration_closes, submission_opens, submission_closes, judging_opens,
    judging_closes and results: local times ("2020-12-04T09:00") where its unit is "date", whole days from today where
    it is "days-from-today"; its `facts` names those that a source gives. `scores` is juror → work → marks in the order
    of the criteria; `finals` the same of the finalists' round.
    """

    slug: str
    state: str
    title: Bilingual
    tagline: Bilingual
    description: Bilingual
    provenance: Bilingual
    facts: tuple[FactContent, ...]
    sums: TwoSums | None
    time_zone: str
    organiser_name: str
    contact_email: str
    calendar: Mapping[str, Any]
    smallest_team: int
    largest_team: int
    reviews_needed: int
    rules: Bilingual
    challenges: tuple[ChallengeContent, ...]
    sponsors: tuple[SponsorContent, ...]
    jurors: tuple[JurorContent, ...]
    teams: tuple[TeamContent, ...]
    scores: Mapping[str, Mapping[str, Marks]]
    conflicts: tuple[ConflictContent, ...]
    comments: tuple[CommentContent, ...]
    ambitions: tuple[AimContent, ...]
    objectives: tuple[AimContent, ...]
    listings: tuple[ListingContent, ...]
    money: MoneyContent | None = None
    mentions: tuple[MentionContent, ...] = ()
    duels: tuple[DuelContent, ...] = ()
    ballots: tuple[BallotContent, ...] = ()
    finals: Mapping[str, Mapping[str, Marks]] = field(default_factory=dict)

    @property
    def is_decided(self) -> bool:
        """Whether its jury has met and closed its meeting."""
        return self.state in {"finished", "embargo"}

    @property
    def prizes_cents(self) -> int:
        """All prizes announced."""
        return sum(prize.cents for challenge in self.challenges for prize in challenge.prizes)

    @property
    def pledged_cents(self) -> int:
        """All pledges."""
        return sum(sponsor.cents for sponsor in self.sponsors)
