"""How far jurors agree: the figures, and notes where one is not defined."""

from dataclasses import dataclass

from judging.ranking.icc import NAMES, intraclass
from judging.ranking.kendall import Concordance, concordance
from judging.ranking.krippendorff import alphas
from judging.ranking.reviews import Reviews

NOT_COMPLETE = "ICC and Kendall's W need a mark of every juror for every entry; some are missing."


@dataclass(frozen=True)
class Reliability:
    """ICC by name, alpha by level of measurement, W, and what is not defined, with the reason."""

    icc: dict[str, float | None]
    alpha: dict[str, float | None]
    w: Concordance | None
    notes: tuple[str, ...]


def reliability_of(reviews: Reviews) -> Reliability:
    """All figures that these reviews allow. Entries and jurors without any mark count as missing cells."""
    alpha, reason = alphas(reviews), _why_not_a_table(reviews)
    notes = [reason] if reason else []
    icc: dict[str, float | None] = dict.fromkeys(NAMES)
    w = None
    if not reason:
        icc, w = intraclass(reviews.table()), concordance(reviews.table())
    if not reason and None in icc.values():
        notes.append(f"{_names(icc)} not defined: the marks do not vary enough.")
    if not reason and w is None:
        notes.append("Kendall's W is not defined: every juror gave equal marks throughout.")
    if None in alpha.values():
        notes.append("Krippendorff's alpha is not defined: no entry has two marks, or all such marks are equal.")
    return Reliability(icc, alpha, w, tuple(notes))


def _why_not_a_table(reviews: Reviews) -> str | None:
    if len(reviews.jurors) < 2:
        return "ICC and Kendall's W need two jurors or more."
    if len(reviews.entries) < 2:
        return "ICC and Kendall's W need two entries or more."
    return None if reviews.is_complete else NOT_COMPLETE


def _names(figures: dict[str, float | None]) -> str:
    return ", ".join(name for name, figure in figures.items() if figure is None)
