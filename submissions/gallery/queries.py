"""Named reads of public entries, from their last version: what was handed in, never a draft.

Callers have asked whether the results are public: these reads hide nothing but entries that were
never handed in, and those whose team did not agree to be shown.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from challenges.briefs.models import Challenge
from challenges.catalogue.merging.queries import FORMER_ADDRESSES
from challenges.catalogue.models import Dataset
from challenges.editions.models import Edition
from hackaviz.kernel.audit import Action
from submissions.entries.models import Citation, Entry, EntryVersion, Upload
from submissions.entries.queries import SHOWN
from submissions.teams.models import Team
from submissions.viewer.models import Preview, PreviewState

TITLE = EntryVersion.manifest["title"].as_string()
ALTERNATIVE = EntryVersion.manifest["text_alternative"].as_string()
MESSAGE = EntryVersion.manifest["message"].as_string()
TOOLS = EntryVersion.manifest["tools"].as_string()
CITATIONS = EntryVersion.manifest["citations"]
# Built once: it is asked at every visit.
STATE_OF_THINGS = select(
    select(func.max(Action.id)).scalar_subquery(),
    select(func.count()).where(Preview.state == PreviewState.DUE).scalar_subquery(),
)


def rows_to_index(session: Session, edition: Edition) -> Sequence[Row[Any]]:
    """Every work of an edition with what it can be found by, by number; `moved` says where merged datasets went."""
    columns = (Entry.id, Entry.public_id, Entry.number, TITLE.label("title"), TOOLS.label("tools"))
    frozen = (CITATIONS.label("citations"), EntryVersion.handed_in_at, Upload.kind, FORMER_ADDRESSES.label("moved"))
    query = _joined(select(*columns, *frozen, Team.name.label("team"), Team.school, Challenge.slug.label("challenge")))
    return session.execute(query.where(*_handed_in(edition)).order_by(Entry.number)).all()


def cards_of(session: Session, public_ids: Sequence[str]) -> Sequence[Row[Any]]:
    """The cards of some entries, in the same order."""
    rows = {row.public_id: row for row in session.execute(_cards().where(Entry.public_id.in_(list(public_ids))))}
    return [rows[public_id] for public_id in public_ids if public_id in rows]


def first_cards(session: Session, edition: Edition, first: Collection[str], count: int) -> Sequence[Row[Any]]:
    """The first cards of an edition, in the order of its gallery."""
    order = [case((Entry.public_id.in_(list(first)), 0), else_=1)] if first else []
    query = _cards().where(*_handed_in(edition)).order_by(*order, Entry.number)
    return session.execute(query.limit(count)).all()


def _cards() -> Select[Any]:
    columns = (
        Entry.public_id,
        TITLE.label("title"),
        ALTERNATIVE.label("alternative"),
        MESSAGE.label("message"),
        Team.name.label("team"),
        Challenge.number.label("challenge_number"),
        Challenge.title.label("challenge_title"),
        Upload.public_id.label("upload"),
        Preview.state.label("preview_state"),
        Preview.stills,
        Preview.width,
        Preview.height,
    )
    return _joined(select(*columns))


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(Entry)
        .join(EntryVersion, EntryVersion.id == Entry.current_version_id)
        .join(Upload, Upload.id == EntryVersion.upload_id)
        .join(Team, Team.id == Entry.team_id)
        .join(Challenge, Challenge.id == Entry.challenge_id)
        .outerjoin(Preview, Preview.upload_id == Upload.id)
        .where(SHOWN)
    )


def _handed_in(edition: Edition) -> list[ColumnElement[bool]]:
    return [Entry.edition_id == edition.id, SHOWN]


def public_entries(session: Session, edition: Edition) -> Sequence[Entry]:
    """Every entry of an edition that may be shown, by number, with the file of its version."""
    whole = joinedload(Entry.current_version).joinedload(EntryVersion.upload)
    return session.scalars(select(Entry).where(*_handed_in(edition)).options(whole).order_by(Entry.number)).all()


def datasets_called(session: Session, slugs: Collection[str]) -> Sequence[Dataset]:
    """Datasets with their files, by slug."""
    query = select(Dataset).where(Dataset.slug.in_(list(slugs))).options(selectinload(Dataset.resources))
    return session.scalars(query.order_by(Dataset.slug)).all()


def public_entry(session: Session, public_id: str) -> Entry | None:
    """An entry with all that its public page shows, whether it is public or not."""
    return session.scalar(
        select(Entry)
        .where(Entry.public_id == public_id)
        .options(
            joinedload(Entry.edition),
            joinedload(Entry.challenge),
            joinedload(Entry.team).selectinload(Team.members),
            joinedload(Entry.current_version).joinedload(EntryVersion.upload),
        )
    )


def entries_citing(session: Session, dataset_id: int) -> Sequence[Row[Any]]:
    """The cards of entries that were handed in and cite a dataset, each with its edition and frozen citations."""
    query = _cards().join(Citation, Citation.entry_id == Entry.id).join(Edition, Edition.id == Entry.edition_id)
    frozen = CITATIONS.label("citations")
    query = query.add_columns(Edition, frozen).where(Citation.dataset_id == dataset_id, SHOWN)
    return session.execute(query.order_by(Entry.number)).all()


def uses_of_datasets(session: Session, condition: ColumnElement[bool]) -> Sequence[Row[Any]]:
    """Entries that were handed in and cite a dataset under a condition, each with its edition and frozen citations."""
    dataset = (Dataset.id.label("dataset_id"), Dataset.slug.label("dataset"))
    columns = (Entry.public_id, TITLE.label("title"), CITATIONS.label("citations"), Edition, *dataset)
    query = select(*columns).select_from(Entry).join(EntryVersion, EntryVersion.id == Entry.current_version_id)
    query = query.join(Citation, Citation.entry_id == Entry.id).join(Dataset, Dataset.id == Citation.dataset_id)
    query = query.join(Edition, Edition.id == Entry.edition_id).where(SHOWN, condition)
    return session.execute(query.order_by(Edition.id, Entry.number)).all()


def state_of_things(session: Session) -> tuple[int, int]:
    """What changes whenever something shown may have: the last act, and how many images are still to be made."""
    act, due = session.execute(STATE_OF_THINGS).one()
    return act or 0, due
