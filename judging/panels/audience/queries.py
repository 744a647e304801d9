"""Named reads of the audience vote."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from judging.panels.audience.models import AudienceBallot, AudiencePanel, AudienceVoter
from judging.panels.registry import panel_registry
from judging.ranking.weighted_mean import RankedEntry
from submissions.entries.models import Entry, EntryVersion
from submissions.entries.queries import SHOWN


def audience_panel_of(session: Session, edition: Edition) -> AudiencePanel | None:
    """The audience vote of an edition; None where there is none."""
    query = select(AudiencePanel).where(AudiencePanel.edition_id == edition.id)
    return session.scalar(query.options(joinedload(AudiencePanel.prize)))


def listed_voters(session: Session, panel: AudiencePanel) -> list[str]:
    """The addresses that the organisers listed."""
    query = select(AudienceVoter.email).where(AudienceVoter.panel_id == panel.id)
    return list(session.scalars(query.order_by(AudienceVoter.email)))


def is_listed(session: Session, panel: AudiencePanel, email: str) -> bool:
    """Whether an address is among them."""
    query = select(AudienceVoter.id).where(AudienceVoter.panel_id == panel.id, AudienceVoter.email == email)
    return session.scalar(query) is not None


def candidates(session: Session, panel: AudiencePanel) -> list[Entry]:
    """What the audience chooses from: handed in, its team agrees to be shown, and the prize may go to it."""
    query = select(Entry).where(Entry.edition_id == panel.edition_id, SHOWN).order_by(Entry.number)
    whole = joinedload(Entry.current_version).joinedload(EntryVersion.upload)
    entries = session.scalars(query.options(joinedload(Entry.challenge), joinedload(Entry.team), whole)).all()
    if panel.prize is None:
        return list(entries)
    concerned = [entry for entry in entries if panel.prize.challenge_id in {None, entry.challenge_id}]
    return list(panel_registry().may_win(session, panel.prize, concerned))


def ballot_of(session: Session, panel: AudiencePanel, person: Person) -> AudienceBallot | None:
    """A person's vote."""
    query = select(AudienceBallot).where(AudienceBallot.panel_id == panel.id, AudienceBallot.person_id == person.id)
    return session.scalar(query.options(joinedload(AudienceBallot.entry)))


def has_ballots(session: Session, panel: AudiencePanel) -> bool:
    """Whether anybody has voted."""
    return session.scalar(select(AudienceBallot.id).where(AudienceBallot.panel_id == panel.id).limit(1)) is not None


def votes_by_entry(session: Session, panel: AudiencePanel, *, newcomers: bool = False) -> Mapping[int, int]:
    """Entry → votes; `newcomers` counts those of accounts that were opened after the vote was."""
    query = select(AudienceBallot.entry_id, func.count()).where(AudienceBallot.panel_id == panel.id)
    if newcomers:
        query = query.join(AudienceBallot.person).where(Person.created_at > panel.opens_at)
    return dict(session.execute(query.group_by(AudienceBallot.entry_id)).all())


def audience_ranking(session: Session, edition: Edition) -> Sequence[RankedEntry]:
    """What the audience chose (numbers of rows), most votes first, as it stands: the number of votes is the score.

    An entry without a vote has no place. Nothing where the edition holds no audience vote; it is final once
    `audience_panel_of(...).closes_at` is past.
    """
    panel = audience_panel_of(session, edition)
    if panel is None:
        return []
    votes = votes_by_entry(session, panel)
    counts = {entry.id: votes.get(entry.id, 0) for entry in candidates(session, panel)}
    rows = [_row(entry, count, 1 + sum(other > count for other in counts.values())) for entry, count in counts.items()]
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0))


def _row(entry: int, count: int, place: int) -> RankedEntry:
    return RankedEntry(entry, Decimal(count) if count else None, place if count else None, reviews=count)
