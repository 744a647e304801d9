"""The ranking as a sealed file has it, computed from what the file has: reviews, weights, terms, votes. Pure.

Sealing writes what this answers, and verification asks it again.
"""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from judging.deliberation.rules import DecisionKind, Ruling, Votes, final_ranking
from judging.ranking.analysis import EntryFigures, entry_figures
from judging.ranking.contest import Terms, TieRule, rank_contest, scored, tied_places
from judging.ranking.weighted_mean import RankedEntry, ReviewMarks

Rows = list[dict[str, Any]]
Challenge = Mapping[str, Any]


def ranking_of(challenge: Challenge, reviews: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """`ranking`, `ties` and `final` of a challenge: decimals as strings, rows by place, then by code."""
    ours = [review for review in reviews if review["entry"] in set(challenge["entries"])]
    marks = [ReviewMarks(each["juror"], each["entry"], _marks(each["marks"])) for each in ours]
    weights: dict[Hashable, int] = {each["id"]: int(each["weight"]) for each in challenge["criteria"]}
    terms = Terms(challenge["method"], TieRule(challenge["tie_rule"]), int(challenge["reviews_needed"]))
    # Seals from before finalists stood first name none.
    finalists = frozenset(challenge.get("finalists", ()))
    computed = rank_contest(sorted(challenge["entries"]), marks, weights, terms, finalists)
    figures = _figures(marks, weights, terms, int(challenge["prizes"]), finalists)
    final = final_ranking(computed, rulings_of(challenge["decisions"]))
    return {
        "ranking": [_row(row, figures.get(str(row.entry))) for row in _by_place(computed)],
        "ties": [sorted(map(str, tied)) for tied in tied_places(computed)],
        "final": [{"entry": row.entry, "place": row.place} for row in _by_place(final.ranked)],
        "no_winner": final.no_winner,
    }


def rulings_of(decisions: Sequence[Mapping[str, Any]]) -> list[Ruling]:
    """The votes that were carried, counted again."""
    return [
        Ruling(DecisionKind(each["kind"]), each["entry"], each["place"], each["reason"])
        for each in decisions
        if votes_of(each).is_carried
    ]


def votes_of(decision: Mapping[str, Any]) -> Votes:
    """The show of hands of a decision."""
    hands = (decision["for"], decision["against"], decision["abstained"])
    # Seals from before it was noted who was present do not say.
    return Votes(*hands, voters=decision["voters"], present=decision.get("present"))


def _marks(given: Mapping[str, str]) -> dict[Hashable, int]:
    return {criterion: int(mark) for criterion, mark in given.items()}


def _figures(
    marks: Sequence[ReviewMarks],
    weights: Mapping[Hashable, int],
    terms: Terms,
    prizes: int,
    finalists: frozenset[str],
) -> Mapping[str, EntryFigures]:
    reviews = scored(marks, weights)
    if not len(reviews.score):
        return {}
    asked: dict[str, Any] = {"method": terms.method, "prizes": prizes, "finalists": finalists}
    return {row.entry: row for row in entry_figures(reviews, **asked)}


def _by_place(rows: Sequence[RankedEntry]) -> list[RankedEntry]:
    return sorted(rows, key=lambda row: (row.place is None, row.place or 0, str(row.entry)))


def _row(row: RankedEntry, found: EntryFigures | None) -> dict[str, Any]:
    return {
        "entry": row.entry,
        "place": row.place,
        "score": None if row.score is None else str(row.score),
        "reviews": row.reviews,
        "parted_by": row.parted_by.value if row.parted_by else None,
        "raw": _decimal(found.raw if found else None),
        "error": _decimal(found.error if found else None),
        "low": found.low if found else None,
        "high": found.high if found else None,
        "first": _decimal(found.first if found else None),
        "prize": _decimal(found.prize if found else None),
    }


def _decimal(value: float | None) -> str | None:
    return None if value is None else f"{value + 0.0:.4f}"
