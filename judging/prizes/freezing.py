"""Which final rankings are what the newest seal holds: awards are approved and paid on a sealed result alone.

Results that are prepared or published are sealed with them.
"""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from judging.deliberation.rules import FinalRanking
from judging.sealing.queries import newest_public_file
from submissions.entries.queries import handed_in_entries

# Scores are published to four decimals, and the order of the rows may move the last one.
NOTHING = Decimal("0.0001")
# Code of an entry → place and score.
Places = Mapping[str, tuple[int, Decimal | None]]


def frozen_challenges(session: Session, edition: Edition, finals: Mapping[int, FinalRanking]) -> frozenset[int] | None:
    """The challenges, of those with a final ranking, that were sealed with it; None while nothing is sealed."""
    file = newest_public_file(session, edition)
    if file is None:
        return None
    sealed = {challenge["number"]: challenge for challenge in json.loads(file)["challenges"]}
    codes = {entry.id: entry.code for entry in handed_in_entries(session, edition)}
    numbers = {challenge.id: challenge.number for challenge in challenges_of(session, edition)}
    return frozenset(
        challenge for challenge, final in finals.items() if _is_sealed(final, sealed.get(numbers.get(challenge)), codes)
    )


def _is_sealed(final: FinalRanking, sealed: Mapping[str, Any] | None, codes: Mapping[Any, str]) -> bool:
    now = {codes[row.entry]: (row.place, row.score) for row in final.ranked if row.place is not None}
    if sealed is None:
        return not now
    return final.no_winner == sealed["no_winner"] and _are_same(now, _places_in(sealed))


def _places_in(sealed: Mapping[str, Any]) -> Places:
    scores = {row["entry"]: row["score"] for row in sealed["ranking"]}
    return {
        row["entry"]: (row["place"], None if scores[row["entry"]] is None else Decimal(scores[row["entry"]]))
        for row in sealed["final"]
        if row["place"] is not None
    }


def _are_same(now: Places, sealed: Places) -> bool:
    return now.keys() == sealed.keys() and all(
        place == sealed[code][0] and _is_same_score(score, sealed[code][1]) for code, (place, score) in now.items()
    )


def _is_same_score(score: Decimal | None, sealed: Decimal | None) -> bool:
    if score is None or sealed is None:
        return score is sealed
    return abs(score - sealed) <= NOTHING
