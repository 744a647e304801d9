"""Named reads of public entries, from their last version: what was handed in, never a draft.

Callers have asked whether the results are public: these reads hide nothing but entries that were never handed in.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.orm import Session, joinedload

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from hackaviz.kernel.audit import Action
from hackaviz.kernel.identifiers import fold
from hackaviz.web.paging import Page
from submissions.entries.models import Citation, Entry, EntryVersion, Upload
from submissions.teams.models import Team
from submissions.viewer.models import Preview, PreviewState

PAGE_SIZE = 24
TITLE = EntryVersion.manifest["title"].as_string()
ALTERNATIVE = EntryVersion.manifest["text_alternative"].as_string()
# Built once: it is asked at every visit.
STATE_OF_THINGS = select(
    select(func.max(Action.id)).scalar_subquery(),
    select(func.count()).where(Preview.state == PreviewState.DUE).scalar_subquery(),
)


@dataclass(frozen=True)
class Wanted:
    """What a reader looks for; None and "" mean everything."""

    challenge: str | None = None
    kind: str | None = None
    text: str = ""


def gallery_page(
    session: Session, edition: Edition, wanted: Wanted, first: Collection[str], number: int
) -> Page[Row[Any]]:
    """A page of cards: those whose public identifiers are in `first`, then the others in their order."""
    conditions = _conditions(session, edition, wanted)
    total = session.scalar(_joined(select(func.count())).where(*conditions)) or 0
    number = max(1, min(number, -(-total // PAGE_SIZE)))
    query = _cards(first).where(*conditions).offset((number - 1) * PAGE_SIZE).limit(PAGE_SIZE)
    return Page(session.execute(query).all(), number, PAGE_SIZE, total)


def first_cards(session: Session, edition: Edition, first: Collection[str], count: int) -> Sequence[Row[Any]]:
    """The first cards of an edition, in the order of its gallery."""
    return session.execute(_cards(first).where(*_handed_in(edition)).limit(count)).all()


def _cards(first: Collection[str]) -> Select[Any]:
    columns = (
        Entry.public_id,
        TITLE.label("title"),
        ALTERNATIVE.label("alternative"),
        Team.name.label("team"),
        Challenge.number.label("challenge_number"),
        Challenge.title.label("challenge_title"),
        Upload.public_id.label("upload"),
        Preview.state.label("preview_state"),
        Preview.width,
        Preview.height,
    )
    order = [case((Entry.public_id.in_(list(first)), 0), else_=1)] if first else []
    return _joined(select(*columns)).order_by(*order, Entry.number)


def _joined(query: Select[Any]) -> Select[Any]:
    return (
        query.select_from(Entry)
        .join(EntryVersion, EntryVersion.id == Entry.current_version_id)
        .join(Upload, Upload.id == EntryVersion.upload_id)
        .join(Team, Team.id == Entry.team_id)
        .join(Challenge, Challenge.id == Entry.challenge_id)
        .outerjoin(Preview, Preview.upload_id == Upload.id)
    )


def _handed_in(edition: Edition) -> list[ColumnElement[bool]]:
    return [Entry.edition_id == edition.id, Entry.current_version_id.is_not(None)]


def _conditions(session: Session, edition: Edition, wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions = _handed_in(edition)
    if wanted.challenge is not None:
        conditions.append(Challenge.slug == wanted.challenge)
    if wanted.kind is not None:
        conditions.append(Upload.kind == wanted.kind)
    if wanted.text:
        conditions.append(Entry.id.in_(_matching(session, edition, wanted.text)))
    return conditions


def _matching(session: Session, edition: Edition, text: str) -> list[int]:
    # Neither database folds accents as we do, and titles stand inside the frozen versions.
    words = fold(text).split()
    rows = session.execute(_joined(select(Entry.id, TITLE, Team.folded_name)).where(*_handed_in(edition)))
    return [entry_id for entry_id, title, team in rows if all(word in f"{fold(title or '')} {team}" for word in words)]


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
    query = _cards(()).join(Citation, Citation.entry_id == Entry.id).join(Edition, Edition.id == Entry.edition_id)
    frozen = EntryVersion.manifest["citations"].label("citations")
    return session.execute(query.add_columns(Edition, frozen).where(Citation.dataset_id == dataset_id)).all()


def state_of_things(session: Session) -> tuple[int, int]:
    """What changes whenever something shown may have: the last act, and how many images are still to be made."""
    act, due = session.execute(STATE_OF_THINGS).one()
    return act or 0, due
