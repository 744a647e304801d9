"""Answers as plain values for JSON: names, figures with 6 decimals, null where there is none."""

import math
from typing import Any

from judging.ranking.methods import Ranking, unjudged
from judging.ranking.pairwise import Strengths
from judging.ranking.places import tied_groups
from judging.ranking.ranges import TOPS
from judging.ranking.reliability import Reliability
from judging.ranking.reviews import Reviews

DECIMALS = 6
Document = dict[str, Any]


def figure(value: float | None) -> float | None:
    """A number with 6 decimals; None for none, and for what is no finite number."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), DECIMALS) + 0.0


def ranking_document(ranking: Ranking, reviews: Reviews) -> Document:
    """`reviews` also has the entries and jurors without any mark: they are listed without figures."""
    rows = {row["entry"]: row for row in map(_blank, reviews.entries)}
    rows |= {row["entry"]: row for row in (_row(ranking, place) for place in range(len(ranking.reviews.entries)))}
    severity = dict(zip(ranking.reviews.jurors, ranking.severity.tolist(), strict=True))
    return {
        "method": ranking.method,
        "entries": sorted(rows.values(), key=lambda row: (row["rank"] is None, row["rank"], row["entry"])),
        "jurors": [
            {"juror": juror, "severity": figure(severity.get(juror)), "reviews": int(count)}
            for juror, count in zip(reviews.jurors, reviews.by_juror, strict=True)
        ],
        "design": {"connected": ranking.components.is_connected, "components": ranking.components.count},
        "ties": tied_groups(ranking.rank, ranking.reviews.entries),
        "warnings": [*ranking.warnings, *unjudged(reviews)],
    }


def _blank(entry: str) -> Document:
    nothing = dict.fromkeys(("score", "se", "rank", "rank_low", "rank_high"))
    return {"entry": entry, **nothing, "top_probability": dict.fromkeys(map(str, TOPS))}


def _row(ranking: Ranking, place: int) -> Document:
    row = _blank(ranking.reviews.entries[place])
    row["score"], row["rank"] = figure(ranking.score[place]), int(ranking.rank[place]) or None
    if ranking.error is not None:
        row["se"] = figure(ranking.error[place])
    if ranking.ranges is not None:
        row["rank_low"], row["rank_high"] = int(ranking.ranges.low[place]), int(ranking.ranges.high[place])
        known = [top for top in TOPS if top <= len(ranking.score)]
        row["top_probability"] |= {str(top): figure(ranking.ranges.top[top][place]) for top in known}
    return row


def reliability_document(reliability: Reliability) -> Document:
    """Every figure, null where it is not defined."""
    w = reliability.w
    return {
        "icc": {name: figure(value) for name, value in reliability.icc.items()},
        "krippendorff_alpha": {name: figure(value) for name, value in reliability.alpha.items()},
        "kendall_w": {name: figure(getattr(w, name, None)) for name in ("w", "chi2", "p")},
        "notes": list(reliability.notes),
    }


def strengths_document(strengths: Strengths) -> Document:
    """Entries, strongest first; by name where there are no strengths."""
    rows = [_strength(strengths, place) for place in range(len(strengths.entries))]
    return {
        "entries": sorted(rows, key=lambda row: (row["rank"] or 0, row["entry"])),
        "connected": strengths.is_connected,
        "warnings": list(strengths.warnings),
    }


def _strength(strengths: Strengths, place: int) -> Document:
    known = strengths.strength is not None
    return {
        "entry": strengths.entries[place],
        "strength": figure(strengths.strength[place]) if strengths.strength is not None else None,
        "se": figure(strengths.error[place]) if strengths.error is not None else None,
        "rank": int(strengths.rank[place]) if known and strengths.rank is not None else None,
    }
