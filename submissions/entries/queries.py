"""Named reads of entries, their uploads and versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from secrets import choice

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.editions.models import Edition
from hackaviz.kernel.identifiers import fold
from hackaviz.web.paging import Page
from submissions.entries.models import Citation, Entry, EntryVersion, Upload
from submissions.entries.rules import EntryState
from submissions.teams.models import Team, TeamMember

PAGE_SIZE = 50
# Codes have two digits as long as enough of them are free.
TWO_DIGITS, LOTS_FOR_EACH = 99, 4
UPLOADS_SHOWN = 5
# What the public may see of an edition whose results are public; see policy.is_public.
SHOWN = and_(Entry.current_version_id.is_not(None), Entry.may_be_shown)
WHOLE_ENTRY = (
    joinedload(Entry.edition).options(selectinload(Edition.rules_versions), selectinload(Edition.aims)),
    selectinload(Entry.aims),
    joinedload(Entry.challenge),
    joinedload(Entry.team).options(
        joinedload(Team.edition),
        selectinload(Team.members).joinedload(TeamMember.person),
        selectinload(Team.invitations),
        selectinload(Team.extensions),
    ),
    joinedload(Entry.current_upload),
    joinedload(Entry.current_version),
    selectinload(Entry.citations).joinedload(Citation.dataset),
    selectinload(Entry.versions).options(joinedload(EntryVersion.handed_in_by), joinedload(EntryVersion.upload)),
)


def entry_by_public_id(session: Session, public_id: str) -> Entry | None:
    """An entry with all that its pages show."""
    return session.scalar(select(Entry).where(Entry.public_id == public_id).options(*WHOLE_ENTRY))


def entry_of_team(session: Session, team: Team) -> Entry | None:
    """The entry of a team; there is at most one."""
    return session.scalar(select(Entry).where(Entry.team_id == team.id).options(*WHOLE_ENTRY))


def locked_entry(session: Session, entry: Entry) -> Entry:
    """The entry as it is now, its row locked until the end of the transaction, what hangs on it read after the lock."""
    session.flush()
    query = select(Entry).where(Entry.id == entry.id).with_for_update().execution_options(populate_existing=True)
    locked = session.scalars(query).one()
    session.refresh(locked, ["aims", "citations", "versions", "current_upload", "current_version"])
    return locked


def draw_number(session: Session, edition: Edition) -> int:
    """The number of the next entry, drawn by lot: neither a code nor an order by codes tells who began when.

    Locks the edition, so that two teams that start together get two numbers.
    """
    session.execute(select(Edition.id).where(Edition.id == edition.id).with_for_update())
    taken = set(session.scalars(select(Entry.number).where(Entry.edition_id == edition.id)))
    numbers = range(1, max(TWO_DIGITS, LOTS_FOR_EACH * len(taken)) + 1)
    return choice([number for number in numbers if number not in taken])


def latest_uploads(session: Session, entry: Entry) -> Sequence[Upload]:
    """The last files that the team sent, refused ones included, the newest first."""
    query = select(Upload).where(Upload.entry_id == entry.id).order_by(Upload.id.desc())
    return session.scalars(query.limit(UPLOADS_SHOWN)).all()


def version_by_request_key(session: Session, request_key: str) -> EntryVersion | None:
    """The version that a form has made already."""
    return session.scalar(select(EntryVersion).where(EntryVersion.request_key == request_key))


def version_by_public_id(session: Session, public_id: str) -> EntryVersion | None:
    """A version with its entry and author, for its receipt."""
    entry = joinedload(EntryVersion.entry).options(
        joinedload(Entry.edition),
        joinedload(Entry.challenge),
        joinedload(Entry.team).selectinload(Team.members),
    )
    query = select(EntryVersion).where(EntryVersion.public_id == public_id)
    return session.scalar(query.options(entry, joinedload(EntryVersion.handed_in_by)))


def kept_from_public(session: Session, edition: Edition) -> set[str]:
    """The public identifiers of the works that were handed in and whose teams do not agree to be shown."""
    hidden = Entry.current_version_id.is_not(None) & Entry.may_be_shown.is_(False)
    return set(session.scalars(select(Entry.public_id).where(Entry.edition_id == edition.id, hidden)))


def handed_in_entries(session: Session, edition: Edition) -> Sequence[Entry]:
    """Every entry that has a version, by number, with its challenge, team and last version."""
    query = select(Entry).where(Entry.edition_id == edition.id, Entry.current_version_id.is_not(None))
    whole = (joinedload(Entry.challenge), joinedload(Entry.team), joinedload(Entry.current_version))
    return session.scalars(query.options(*whole).order_by(Entry.number)).all()


@dataclass(frozen=True)
class EntryFilter:
    """What an organiser looks for among teams; `state` None means all."""

    state: EntryState | None = None
    text: str = ""


@dataclass(frozen=True)
class TeamLine:
    """A team and its entry, if it has one."""

    team: Team
    entry: Entry | None
    members: int


def team_lines(session: Session, edition: Edition, wanted: EntryFilter, number: int) -> Page[TeamLine]:
    """A page of teams with where each stands, by name. The same number of queries at any size."""
    query = _of_state(_teams(edition), wanted.state)
    if wanted.text:
        in_name = Team.folded_name.contains(fold(wanted.text), autoescape=True)
        query = query.where(or_(in_name, Entry.title.icontains(wanted.text, autoescape=True)))
    total = session.scalar(select(func.count()).select_from(query.with_only_columns(Team.id).subquery())) or 0
    members = select(func.count(TeamMember.id)).where(TeamMember.team_id == Team.id).scalar_subquery()
    rows = session.execute(
        query.add_columns(Entry, members)
        .options(joinedload(Team.challenge), selectinload(Team.extensions), joinedload(Entry.current_version))
        .order_by(Team.folded_name)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).unique()
    return Page([TeamLine(team, entry, count) for team, entry, count in rows], number, PAGE_SIZE, total)


def count_in_state(session: Session, edition: Edition, state: EntryState) -> int:
    """How many teams of an edition stand there."""
    query = _of_state(_teams(edition), state).with_only_columns(func.count(Team.id))
    return session.scalar(query) or 0


def _teams(edition: Edition) -> Select[Team]:
    return select(Team).outerjoin(Entry, Entry.team_id == Team.id).where(Team.edition_id == edition.id)


def _of_state(query: Select[Team], state: EntryState | None) -> Select[Team]:
    if state is EntryState.NONE:
        return query.where(Entry.id.is_(None))
    if state is EntryState.DRAFT:
        return query.where(Entry.id.is_not(None), Entry.current_version_id.is_(None))
    if state is EntryState.HANDED_IN:
        return query.where(Entry.current_version_id.is_not(None))
    return query
