"""What a publication says, gathered once and never looked up again."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from challenges.sponsors.eligibility.rules import Ground
from challenges.sponsors.queries import pledges_of, prizes_of
from challenges.sponsors.rules import totals_of
from judging.deliberation.models import Decision
from judging.deliberation.queries import decisions_of, final_rankings_of
from judging.deliberation.rules import FinalRanking, FinalRow
from judging.panels.queries import judges_of, jurors_of, prize_seats
from judging.prizes.models import Award
from judging.prizes.queries import awards_of, passed_over_in
from judging.prizes.winnings import Winning, winnings_of
from judging.ranking.analysis import EntryFigures
from judging.scoring.analysis.reading import Reading, read_challenge
from judging.scoring.queries import judged_challenges
from judging.sealing.models import Seal
from submissions.entries.models import Entry, EntryVersion
from submissions.teams.queries import names_in_public

SCHEMA = "hackaviz-results-2"

# Entry → what a snapshot says of it.
Shown = Mapping[Hashable, dict[str, Any]]


@dataclass(frozen=True)
class Known:
    """What is said of entries, and which prizes each was passed over for."""

    entries: Shown
    passed: Mapping[Hashable, Sequence[dict[str, Any]]]


def take_snapshot(session: Session, edition: Edition, now: datetime) -> dict[str, Any]:
    """Ranking, awards, who pays what and who judged, as they are now: plain values, ready to be sealed."""
    entries, winnings = _handed_in(session, edition), winnings_of(awards_of(session, edition))
    return {
        "schema": SCHEMA,
        "edition": {"slug": edition.slug, "title": edition.title.as_dict()},
        "taken_at": now.isoformat(),
        "method": {"reviews_needed": edition.reviews_needed},
        "jury": [person.name for person in jurors_of(session, edition)],
        "panels": _panels(session, edition),
        "challenges": _challenges(session, edition, entries),
        "awards": [_award(award, winning) for winning in winnings for award in winning.slices],
        "money": _money(session, edition),
    }


def seal_reference(seal: Seal) -> dict[str, Any]:
    """What a publication says of the seal that it stands on."""
    return {"number": seal.number, "public_sha256": seal.public_sha256, "full_sha256": seal.full_sha256}


def _panels(session: Session, edition: Edition) -> list[dict[str, Any]]:
    """Who judges for a sponsor's own prize, prize by prize."""
    seated, names = {seat.juror_id: seat.prize_id for seat in prize_seats(session, edition)}, defaultdict(list)
    for juror in judges_of(session, edition):
        names[seated.get(juror.id)].append(juror.name)
    prizes = (prize for prize in prizes_of(session, edition) if prize.id in names)
    return [{"prize": prize.title.as_dict(), "jurors": names[prize.id]} for prize in prizes]


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


def _challenges(session: Session, edition: Edition, entries: Shown) -> list[dict[str, Any]]:
    finals, decisions = final_rankings_of(session, edition), decisions_of(session, edition)
    known = Known(entries, _passed_over(session, edition))
    return [
        _challenge(read_challenge(session, edition, challenge), challenge, finals.get(challenge.id), known)
        | {"decisions": [_decision(each) for each in decisions if each.challenge_id == challenge.id]}
        for challenge in judged_challenges(session, edition)
    ]


def _challenge(reading: Reading, challenge: Challenge, final: FinalRanking | None, known: Known) -> dict[str, Any]:
    return {
        "id": challenge.id,
        "number": challenge.number,
        "slug": challenge.slug,
        "title": challenge.title.as_dict(),
        "criteria": [{"name": c.name.as_dict(), "weight": c.weight} for c in challenge.criteria],
        "method": reading.terms.method,
        "ties": reading.terms.ties.value,
        "no_winner": final.no_winner if final else None,
        "ranking": [
            _row(each, known.entries[each.row.entry], known.passed.get(each.row.entry, ()), reading.figures)
            for each in (final.rows if final else ())
            if each.row.entry in known.entries
        ],
    }


def _row(
    final: FinalRow, entry: dict[str, Any], passed: Sequence[dict[str, Any]], figures: Mapping[str, EntryFigures]
) -> dict[str, Any]:
    row, found = final.row, figures.get(entry["code"])
    return {
        "entry": entry,
        "passed_over": list(passed),
        "place": row.place,
        "score": None if row.score is None else str(row.score),
        "reviews": row.reviews,
        "raw": f"{found.raw:.4f}" if found else None,
        "range": [found.low, found.high] if found and found.low else None,
        "by_marks": final.computed_place,
        "ruling": {"kind": final.ruling.kind.value, "reason": final.ruling.reason} if final.ruling else None,
        "parted_by": row.parted_by.value if row.parted_by else None,
    }


def _passed_over(session: Session, edition: Edition) -> Mapping[Hashable, Sequence[dict[str, Any]]]:
    """Entry → the prizes that its place would have given it. The grounds are about people, and stay with organisers."""
    found: dict[Hashable, list[dict[str, Any]]] = defaultdict(list)
    for each in passed_over_in(session, edition):
        told = {"prize": each.prize.title.as_dict(), "hors_concours": Ground.HORS_CONCOURS.value in each.grounds}
        found[each.entry_id].append(told)
    return found


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "kind": decision.kind.value,
        "entry": decision.entry.code if decision.entry else None,
        "place": decision.place,
        "reason": decision.reason,
        "votes": [decision.votes_for, decision.votes_against, decision.abstained],
        "carried": decision.is_carried,
        "at": decision.decided_at.isoformat(),
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


def _award(award: Award, winning: Winning) -> dict[str, Any]:
    return {
        "prize": award.prize.title.as_dict(),
        "challenge_id": award.prize.challenge_id,
        "place": award.prize.place,
        # The places that a tie pools for this entry: its slices are read as one.
        "pooled": [each.prize.place for each in winning.slices] if winning.is_pooled else [],
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
