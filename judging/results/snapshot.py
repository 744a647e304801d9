"""What a publication says, gathered once and never looked up again."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from challenges.briefs.models import Challenge
from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from challenges.sponsors.queries import pledges_of, prizes_of
from challenges.sponsors.rules import totals_of
from hackaviz.accounts.models import Role
from hackaviz.accounts.queries import people_with_role
from judging.prizes.models import Award
from judging.prizes.queries import awards_of
from judging.ranking.weighted_mean import RankedEntry
from judging.scoring.queries import current_ranking
from submissions.entries.models import Entry, EntryVersion
from submissions.teams.queries import names_in_public

SCHEMA = "hackaviz-results-1"
METHOD = "weighted mean of finished reviews"

# Entry → what a snapshot says of it.
Shown = Mapping[Hashable, dict[str, Any]]


def take_snapshot(session: Session, edition: Edition, now: datetime) -> dict[str, Any]:
    """Ranking, awards, who pays what and who judged, as they are now: plain values, ready to be sealed."""
    entries = _handed_in(session, edition)
    return {
        "schema": SCHEMA,
        "edition": {"slug": edition.slug, "title": edition.title.as_dict()},
        "taken_at": now.isoformat(),
        "method": {"name": METHOD, "reviews_needed": edition.reviews_needed},
        "jury": [person.name for person in people_with_role(session, edition.id, Role.JUROR)],
        "challenges": [_challenge(session, challenge, entries) for challenge in challenges_of(session, edition)],
        "awards": [_award(award) for award in awards_of(session, edition)],
        "money": _money(session, edition),
    }


def _handed_in(session: Session, edition: Edition) -> Shown:
    names = names_in_public(session, edition)
    query = (
        select(Entry)
        .where(Entry.edition_id == edition.id, Entry.current_version_id.is_not(None))
        .options(
            joinedload(Entry.current_version).joinedload(EntryVersion.upload),
            joinedload(Entry.team),
        )
    )
    return {entry.id: _entry(entry, names[entry.team_id]) for entry in session.scalars(query)}


def _challenge(session: Session, challenge: Challenge, entries: Shown) -> dict[str, Any]:
    ranking = [row for row in current_ranking(session, challenge) if row.entry in entries]
    return {
        "id": challenge.id,
        "number": challenge.number,
        "slug": challenge.slug,
        "title": challenge.title.as_dict(),
        "criteria": [{"name": c.name.as_dict(), "weight": c.weight} for c in challenge.criteria],
        "ranking": [_row(row, entries[row.entry]) for row in ranking],
    }


def _row(row: RankedEntry, entry: dict[str, Any]) -> dict[str, Any]:
    return {
        "entry": entry,
        "place": row.place,
        "score": None if row.score is None else str(row.score),
        "reviews": row.reviews,
    }


def _entry(entry: Entry, members: list[str]) -> dict[str, Any]:
    version = entry.current_version
    assert version is not None
    texts = version.manifest
    return {
        "public_id": entry.public_id,
        "code": entry.code,
        "title": texts.get("title", entry.title),
        "message": texts.get("message", entry.message),
        "text_alternative": texts.get("text_alternative", entry.text_alternative),
        "team": entry.team.name,
        "members": members,
        "version": version.number,
        "manifest_sha256": version.manifest_sha256,
        "upload": version.upload.public_id,
    }


def _award(award: Award) -> dict[str, Any]:
    return {
        "prize": award.prize.title.as_dict(),
        "challenge_id": award.prize.challenge_id,
        "place": award.prize.place,
        "entry": award.entry.public_id,
        "cents": award.cents,
        "paid_by": _payers(award),
    }


def _payers(award: Award) -> Sequence[dict[str, Any]]:
    return [
        {
            "sponsor": funding.pledge.sponsor.name,
            "invented": funding.pledge.sponsor.is_invented,
            "pledge": funding.pledge.name,
            "custody": str(funding.pledge.custody),
            "cents": funding.cents,
        }
        for funding in sorted(award.fundings, key=lambda funding: funding.pledge_id)
    ]


def _money(session: Session, edition: Edition) -> dict[str, int]:
    totals = totals_of(pledges_of(session, edition))
    return {
        "promised": totals.promised,
        "held": totals.held,
        "announced": sum(prize.cents for prize in prizes_of(session, edition)),
        "awarded": totals.allocated,
        "left": totals.left,
    }
