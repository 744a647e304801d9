"""What jurors know and wish, as weights for the solver. Pure."""

from collections.abc import Collection, Mapping

from judging.panels.rules import Pair

# A wish weighs as much as two shared themes: the juror has read what the work says of itself.
WISH, THEME = 2.0, 1.0


def preferences(
    themes_of_jurors: Mapping[int, Collection[str]],
    themes_of_entries: Mapping[int, Collection[str]],
    wishes: Mapping[Pair, int],
) -> dict[Pair, float]:
    """The weight of each pair (juror, entry) that has any."""
    weights = {
        (juror, entry): THEME * len(shared)
        for juror, known in themes_of_jurors.items()
        for entry, themes in themes_of_entries.items()
        if (shared := set(known) & set(themes))
    }
    for pair, wish in wishes.items():
        weights[pair] = weights.get(pair, 0.0) + WISH * wish
    return weights
