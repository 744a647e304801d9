"""Intraclass correlations of a complete table (Shrout and Fleiss, Psychological Bulletin 86, 1979).

With n entries, k jurors and the mean squares between entries (B), between jurors (J), within entries (W) and of the
residual (E):

    ICC1 = (B - W) / (B + (k-1) W)                      ICC1k = (B - W) / B
    ICC2 = (B - E) / (B + (k-1) E + k (J - E) / n)      ICC2k = (B - E) / (B + (J - E) / n)
    ICC3 = (B - E) / (B + (k-1) E)                      ICC3k = (B - E) / B
"""

import numpy as np

from judging.ranking.arrays import Floats

NAMES = ("ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k")


def intraclass(table: Floats) -> dict[str, float | None]:
    """The six figures of an entries x jurors table without gaps, two or more each; None where 0 stands below."""
    entries, jurors = table.shape
    scaled = table - table.mean()
    scaled = scaled / (np.abs(scaled).max() or 1.0)
    by_entry, by_juror = scaled.mean(axis=1), scaled.mean(axis=0)
    residual = scaled - by_entry[:, None] - by_juror[None, :]
    between = jurors * (by_entry**2).sum() / (entries - 1)
    judges = entries * (by_juror**2).sum() / (jurors - 1)
    within = ((scaled - by_entry[:, None]) ** 2).sum() / (entries * (jurors - 1))
    error = (residual**2).sum() / ((entries - 1) * (jurors - 1))
    bias = (judges - error) / entries
    parts = (
        (between - within, between + (jurors - 1) * within),
        (between - error, between + (jurors - 1) * error + jurors * bias),
        (between - error, between + (jurors - 1) * error),
        (between - within, between),
        (between - error, between + bias),
        (between - error, between),
    )
    return {name: _ratio(above, below) for name, (above, below) in zip(NAMES, parts, strict=True)}


def _ratio(above: float, below: float) -> float | None:
    return float(above / below) if abs(below) > 1e-12 else None
