"""The money of a publication as bands, with the words of each box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from flask_babel import gettext as _

from hackaviz.web.language import current_language
from judging.results.flows import NARROW, NODE_WIDTH, WIDE, Diagram, Layout, Share, draw
from judging.results.reading import ShownAward, text_of


@dataclass(frozen=True)
class Drawing:
    """A diagram, and the lines of the label of each box."""

    diagram: Diagram
    width: float
    lines: Mapping[Any, Sequence[str]]


@dataclass(frozen=True)
class MoneyFlows:
    """What `_sankey.html` draws: once for wide screens and once for phones, with the whole words of each box."""

    wide: Drawing
    narrow: Drawing
    labels: Mapping[Any, str]
    node_width: float = NODE_WIDTH


def money_flows(awards: Sequence[ShownAward]) -> MoneyFlows | None:
    """The flows of all awards that money was paid for; None when there is none."""
    labels: dict[Any, str] = {}
    shares = []
    for number, award in enumerate(awards):
        theme = ("theme", award.challenge["number"] if award.challenge else 0)
        prize = ("prize", number)
        labels[theme] = _theme(award)
        labels[prize] = f"{award.prize.in_language(current_language())}, {award.entry['title']}"
        for payer in award.payers:
            sponsor = ("sponsor", payer.sponsor)
            labels[sponsor] = payer.sponsor
            shares.append(Share(sponsor, theme, prize, payer.cents))
    if not shares:
        return None
    return MoneyFlows(_drawing(shares, labels, WIDE), _drawing(shares, labels, NARROW), labels)


def _drawing(shares: Sequence[Share], labels: Mapping[Any, str], layout: Layout) -> Drawing:
    lines = {name: wrap(text, layout.letters, max_lines=layout.lines, placeholder="…") for name, text in labels.items()}
    return Drawing(draw(shares, layout), layout.width, lines)


def _theme(award: ShownAward) -> str:
    if award.challenge is None:
        return _("Whole edition")
    title = text_of(award.challenge["title"]).in_language(current_language())
    return f"{award.challenge['number']}. {title}"
