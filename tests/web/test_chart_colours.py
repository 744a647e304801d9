"""What stands in the cells of a chart can be read on every colour that the cell may have, by day and by night."""

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "hackaviz" / "static"
SCRIPT = (STATIC / "js" / "charts.js").read_text(encoding="utf-8")
SCALES = re.findall(r"(lettered\w+): (\[\[.*\]\])", SCRIPT)
# The two inks of plotly.js in cells.
INKS = ("#ffffff", "#444444")
READABLE = 4.5


def channels(colour):
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def luminance(rgb):
    parts = [part / 255 for part in rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def tones(scale):
    for (start, low), (end, high) in pairwise(scale):
        if start < end:
            for step in range(101):
                yield [a + (b - a) * step / 100 for a, b in zip(channels(low), channels(high), strict=True)]


@pytest.mark.parametrize(("name", "written"), SCALES, ids=[f"{name}-{place}" for place, (name, _) in enumerate(SCALES)])
def test_each_tone_of_a_scale_bears_white_or_grey_letters(name, written):
    worst = min(max(contrast(tone, channels(ink)) for ink in INKS) for tone in tones(json.loads(written)))
    assert worst >= READABLE


def test_there_are_two_scales_by_day_and_two_by_night():
    assert [name for name, _written in SCALES] == ["letteredSequential", "letteredDiverging"] * 2
