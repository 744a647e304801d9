"""The money of a publication as bands, with the words of each box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from hackaviz.web.language import current_language
from judging.results.flows import NODE_WIDTH, WIDTH, Diagram, Share, draw
from judging.results.reading import ShownAward, text_of

LONGEST_LABEL = 34


@dataclass(frozen=True)
class MoneyFlows:
    """What `_sankey.html` draws."""

    diagram: Diagram
    labels: Mapping[Any, str]
    width: float = WIDTH
    node_width: float = NODE_WIDTH


def money_flows(awards: Sequence[ShownAward]) -> MoneyFlows | None:
    """The flows of all awards that money was paid for; None when there is none."""
    labels: dict[Any, str] = {}
    shares = []
    for number, award in enumerate(awards):
        theme = ("theme", award.challenge["number"] if award.challenge else 0)
        prize = ("prize", number)
        labels[theme] = _theme(award)
        labels[prize] = _short(f"{award.prize.in_language(current_language())}, {award.entry['title']}")
        for payer in award.payers:
            sponsor = ("sponsor", payer.sponsor)
            labels[sponsor] = _short(payer.sponsor)
            shares.append(Share(sponsor, theme, prize, payer.cents))
    return MoneyFlows(draw(shares), labels) if shares else None


def _theme(award: ShownAward) -> str:
    if award.challenge is None:
        return _("Whole edition")
    title = text_of(award.challenge["title"]).in_language(current_language())
    return _short(f"{award.challenge['number']}. {title}")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1].rstrip()}…"
