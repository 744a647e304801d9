"""Reviews of an entry beside their scores, for organisers."""

from collections.abc import Hashable, Iterable

from babel.numbers import format_decimal

from challenges.briefs.models import Challenge
from hackaviz.web.language import current_language
from judging.ranking.weighted_mean import review_score
from judging.scoring.models import Review


def with_scores(reviews: Iterable[Review], challenge: Challenge) -> list[tuple[Review, str]]:
    """Each review with the weighted mean of its marks, in words."""
    weights: dict[Hashable, int] = {criterion.id: criterion.weight for criterion in challenge.criteria}
    scores = ((review, review_score(review.given, weights)) for review in reviews)
    return [(review, "–" if score is None else score_in_words(float(score))) for review, score in scores]


def score_in_words(score: float) -> str:
    """A score at the four decimals that decide the places."""
    return format_decimal(score, "0.0000", locale="fr_FR" if current_language() == "fr" else "en_GB")
