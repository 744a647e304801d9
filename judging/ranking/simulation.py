"""What a design of judging would recover of the true ranking, on simulated contests.

Quality is normal with standard deviation 1, severity of jurors with `bias`, the noise of a review with `noise`. For
each method: Kendall's tau with the true order, the share of the true first three among its first three, and how
often its first is the true first.
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import numpy as np

from judging.ranking.arrays import Floats, Ints
from judging.ranking.ballots import ballots, preferring
from judging.ranking.design import component_labels, efficiency_of
from judging.ranking.methods import estimate_of
from judging.ranking.pairwise import MOST_ENTRIES, maximum_likelihood
from judging.ranking.refusals import Refused
from judging.ranking.reviews import Reviews

FURTHER = 5
RIDGE = 0.1
TOP = 3
METHODS = ("mean", "median", "bradley-terry", "borda", "zscore", "centred", "additive", "blup")


@dataclass(frozen=True)
class Contest:
    """How many entries, jurors and reviews of each entry, the spread of severity and of noise, one round or two."""

    entries: int
    jurors: int
    per_entry: int
    bias: float = 1.0
    noise: float = 0.8
    rounds: int = 1

    @property
    def first_round(self) -> int:
        """Reviews of each entry in the first round."""
        return self.per_entry - (self.rounds - 1)

    @property
    def further(self) -> int:
        """Further jurors of each finalist."""
        return min(FURTHER, self.jurors - self.first_round)

    @property
    def finalists(self) -> int:
        """As many as one review of each entry pays for: with two rounds the jury does the same work as with one."""
        return self.entries // self.further if self.rounds == 2 else 0

    def check(self) -> None:
        """Raises Refused for a contest that cannot be held."""
        if not (math.isfinite(self.bias) and math.isfinite(self.noise)):
            raise Refused("--bias and --noise are numbers of 0 or more.")
        if self.per_entry > self.jurors:
            raise Refused(f"{self.per_entry} reviews of each entry need as many jurors; there are {self.jurors}.")
        if self.rounds == 2 and (self.first_round < 1 or self.further < 1 or self.finalists < 1):
            raise Refused("Two rounds need two reviews of each entry at least, and jurors and entries for a final.")


def simulate(contest: Contest, seeds: int) -> dict[str, Any]:
    """Means over `seeds` contests, with the standard error of each mean. Raises Refused."""
    contest.check()
    found: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for seed in range(seeds):
        random = np.random.default_rng(seed)
        quality, reviews, first_round = _held(contest, random)
        for method in METHODS:
            if method != "bradley-terry" or contest.entries <= MOST_ENTRIES:
                found[method].append(_recovered(quality, _final_order(method, reviews, first_round, contest)))
    entry, juror = balanced_design(contest.entries, contest.jurors, contest.first_round, np.random.default_rng(0))
    return {
        "methods": [_summary(method, np.array(figures)) for method, figures in found.items()],
        "design": _described(contest, entry, juror),
        "seeds": seeds,
    }


def balanced_design(entries: int, jurors: int, per_entry: int, random: np.random.Generator) -> tuple[Ints, Ints]:
    """Entries and jurors of a random design, by entry: each takes the least loaded jurors, by lot among equals."""
    load = np.zeros(jurors)
    chosen = np.empty((entries, per_entry), dtype=np.intp)
    for entry in random.permutation(entries):
        least = np.argpartition(load + random.random(jurors) / 2, per_entry - 1)[:per_entry]
        load[least] += 1
        chosen[entry] = np.sort(least)
    return np.repeat(np.arange(entries), per_entry), chosen.ravel()


def _held(contest: Contest, random: np.random.Generator) -> tuple[Floats, Reviews, Reviews]:
    """True quality, all reviews, and those of the first round; finalists are the first by blup."""
    quality = random.standard_normal(contest.entries)
    severity = contest.bias * random.standard_normal(contest.jurors)

    def reviewed(entry: Ints, juror: Ints) -> Reviews:
        score = quality[entry] - severity[juror] + contest.noise * random.standard_normal(len(entry))
        return _reviews(contest, entry, juror, score)

    first = reviewed(*balanced_design(contest.entries, contest.jurors, contest.first_round, random))
    if contest.rounds == 1:
        return quality, first, first
    finalists = np.argsort(-_scores("blup", first), kind="stable")[: contest.finalists]
    final = reviewed(*_further_jurors(first, finalists, contest.further, random))
    joined = [np.concatenate([getattr(part, name) for part in (first, final)]) for name in ("entry", "juror", "score")]
    return quality, _reviews(contest, *joined), first


def _reviews(contest: Contest, entry: Ints, juror: Ints, score: Floats) -> Reviews:
    order = np.lexsort((juror, entry))
    jurors, entries = (tuple(map(str, range(size))) for size in (contest.jurors, contest.entries))
    return Reviews(jurors, entries, juror[order], entry[order], score[order])


def _further_jurors(first: Reviews, finalists: Ints, further: int, random: np.random.Generator) -> tuple[Ints, Ints]:
    """For each finalist the least loaded of the jurors who have not seen it."""
    load, jurors = np.zeros(len(first.jurors)), []
    for entry in finalists:
        wish = load + random.random(len(load)) / 2
        wish[first.juror[first.entry == entry]] = np.inf
        chosen = np.argsort(wish)[:further]
        load[chosen] += 1
        jurors.append(chosen)
    return np.repeat(finalists, further), np.concatenate(jurors)


def _final_order(method: str, reviews: Reviews, first_round: Reviews, contest: Contest) -> Floats:
    """What a method ranks by; with a final, finalists stand before all others."""
    scores = _scores(method, reviews)
    if contest.rounds == 1:
        return scores
    is_finalist = reviews.by_entry > first_round.by_entry
    order: Floats = np.argsort(np.argsort(scores, kind="stable"), kind="stable") + len(scores) * is_finalist.astype(
        float
    )
    return order


def _scores(method: str, reviews: Reviews) -> Floats:
    """By entry: each has reviews here, and jurors without any are left out."""
    reviews = reviews.judged()
    if method == "median":
        return np.asarray(np.nanmedian(reviews.table(), axis=1))
    if method == "centred":
        return _scores("mean", _recentred(reviews))
    if method == "borda":
        return _borda_share(reviews)
    if method == "bradley-terry":
        return maximum_likelihood(preferring(reviews), RIDGE)
    return estimate_of(reviews, method).score


def _recentred(reviews: Reviews) -> Reviews:
    mean = np.bincount(reviews.juror, weights=reviews.score) / np.maximum(np.bincount(reviews.juror), 1)
    return Reviews(reviews.jurors, reviews.entries, reviews.juror, reviews.entry, reviews.score - mean[reviews.juror])


def _borda_share(reviews: Reviews) -> Floats:
    """The mean share of the entries that a juror saw that were beaten: juries are incomplete here."""
    share = np.zeros(len(reviews.entries))
    for entries, marks in ballots(reviews):
        share[entries] += (np.searchsorted(np.sort(marks), marks) + 0.5) / max(len(marks), 1)
    return share / reviews.by_entry


def _recovered(quality: Floats, scores: Floats) -> tuple[float, float, float]:
    """Kendall's tau, share of the true first three found, and whether the first is."""
    from scipy.stats import kendalltau

    top = min(TOP, len(quality))
    true, found = (np.argsort(-values, kind="stable") for values in (quality, scores))
    tau = float(kendalltau(quality, scores).statistic)
    share = len(np.intersect1d(true[:top], found[:top])) / top
    return (0.0 if np.isnan(tau) else tau), share, float(true[0] == found[0])


def _summary(method: str, figures: Floats) -> dict[str, Any]:
    names = ("tau", "top3", "winner")
    error = figures.std(axis=0, ddof=1) / np.sqrt(len(figures)) if len(figures) > 1 else np.full(3, np.nan)
    errors = {
        f"{name}_se": None if np.isnan(value) else round(float(value), 6)
        for name, value in zip(names, error, strict=True)
    }
    means = {name: round(float(value), 6) for name, value in zip(names, figures.mean(axis=0), strict=True)}
    return {"method": method, **means, **errors}


def _described(contest: Contest, entry: Ints, juror: Ints) -> dict[str, Any]:
    """The design of the first round of one of the contests, and the work it asks for."""
    labels, _others = component_labels(entry, juror, contest.entries, contest.jurors)
    efficiency = (
        efficiency_of(entry, juror, contest.entries, contest.jurors) if contest.entries <= MOST_ENTRIES else None
    )
    load = np.bincount(juror, minlength=contest.jurors)
    return {
        "entries": contest.entries,
        "jurors": contest.jurors,
        "per_entry": contest.per_entry,
        "rounds": contest.rounds,
        "finalists": contest.finalists,
        "reviews": contest.entries * contest.first_round + contest.finalists * contest.further,
        "load_low": int(load.min()),
        "load_high": int(load.max()),
        "connected": bool(labels.max() == 0),
        "components": int(labels.max()) + 1,
        "efficiency": efficiency and round(efficiency.harmonic, 6),
    }
