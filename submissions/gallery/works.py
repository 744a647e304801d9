"""Works as cards: what `templates/macros/works.html` draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from textwrap import shorten
from typing import Any

from flask import url_for
from sqlalchemy import Row
from sqlalchemy.orm import Session

from challenges.catalogue.models import Dataset
from challenges.editions.rules import results_are_public
from hackaviz.web.templating import localized
from submissions.gallery.index import Awards, PrizeWon
from submissions.gallery.queries import entries_citing
from submissions.viewer.addresses import still_sources
from submissions.viewer.models import PreviewState
from submissions.viewer.sizes import LARGE, SMALL, fit

LONGEST_ALTERNATIVE = 160
WORKS_OF_A_DATASET = 12


@dataclass(frozen=True)
class Work:
    """One work, ready to be drawn."""

    title: str
    url: str
    alt: str
    team: str
    challenge_number: int
    challenge_title: str
    award: str
    image_url: str | None = None
    stills: Sequence[tuple[str, str]] = ()
    width: int | None = None
    height: int | None = None


def work_of(row: Row[Any], awards: Awards, *, size: str = "small") -> Work:
    """The card of a row of queries.gallery_page."""
    image: dict[str, Any] = {}
    if row.preview_state in (PreviewState.READY, PreviewState.FAILED):
        width, height = fit((row.width, row.height), SMALL if size == "small" else LARGE)
        url = url_for("viewer.preview", public_id=row.upload, size=size)
        stills = still_sources(row.upload, row.stills or ())
        image = {"image_url": url, "stills": stills, "width": width, "height": height}
    return Work(
        title=row.title,
        url=url_for("gallery.entry", public_id=row.public_id),
        alt=shorten(row.alternative or "", LONGEST_ALTERNATIVE, placeholder=" …"),
        team=row.team,
        challenge_number=row.challenge_number,
        challenge_title=localized(row.challenge_title),
        award=award_words(awards.get(row.public_id, ())),
        **image,
    )


def award_words(prizes: Sequence[PrizeWon]) -> str:
    """The prizes of an entry in one line."""
    return ", ".join(str(localized(prize.label)) for prize in prizes)


def works_using(session: Session, dataset: Dataset, now: datetime) -> list[Work]:
    """Public works whose handed-in version cites a dataset."""
    # Versions name the address that the dataset had when they were handed in.
    addresses = {dataset.slug, *(each.slug for each in dataset.former_addresses)}
    rows = [
        row
        for row in entries_citing(session, dataset.id)
        if results_are_public(row.Edition, now) and any(cited["dataset"] in addresses for cited in row.citations or [])
    ]
    return [work_of(row, {}) for row in rows[:WORKS_OF_A_DATASET]]
