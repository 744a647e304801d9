"""Words that the documents share. All answer in the language that is being spoken."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from challenges.editions.rules import results_are_public
from challenges.sponsors.models import Prize
from hackaviz.kernel.audit import Action
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.language import current_language
from hackaviz.web.templating import day_in_words, local_date, local_datetime

Rows = list[list[str]]


def words(text: Bilingual | None) -> str:
    """A bilingual text, plain."""
    return text.in_language(current_language()) if text else ""


def day(value: Any) -> str:
    """A date in words, or a dash."""
    return day_in_words(value) if value else "–"


def moment(value: datetime, edition: Edition) -> str:
    """An instant in the zone of the edition, plain."""
    return str(local_datetime(value, edition.time_zone).striptags())


def in_a_row(parts: Sequence[str]) -> str:
    """Parts that hold commas themselves, set apart as the language does it."""
    return reduce(lambda told, part: _("%(told)s; %(part)s", told=told, part=part), parts) if parts else ""


def prize_words(prize: Prize, challenge: Challenge | None) -> str:
    """A prize with its challenge, where it has one: “Challenge 2: First prize”."""
    title = words(prize.title)
    if challenge is None or prize.challenge_id is None:
        return title
    return _("Challenge %(number)s: %(title)s", number=challenge.number, title=title)


def as_it_stood(session: Session, edition: Edition, now: datetime) -> datetime:
    """When the last thing happened in an edition: documents of the same facts bear the same date and bytes."""
    last = session.scalar(select(func.max(Action.at)).where(Action.edition_id == edition.id, Action.at <= now))
    moments = [edition.created_at, last, edition.results_public_at if results_are_public(edition, now) else None]
    return max(each for each in moments if each is not None)


def base_values(edition: Edition, title: str, at: datetime, *, about: Sequence[str] = ()) -> dict[str, Any]:
    """What every document has: language, titles, a foot, and what is invented about the edition.

    `about` tells the file from others of its kind: a list of open or downloaded files shows its whole title.
    """
    name = words(edition.title)
    return {
        "language": current_language(),
        "title": title,
        "whole_title": " · ".join([title, *about, name]),
        "subtitle": name,
        "foot": _("%(title)s · %(edition)s", title=title, edition=name),
        "as_of": _("As recorded on %(day)s.", day=local_date(at, edition.time_zone)),
        "invented": _invented(edition),
    }


def _invented(edition: Edition) -> str:
    if not edition.is_demonstration:
        return ""
    return _("Document of a demonstration: people, works and the split between companies are invented.")


def listing(title: str, head: Sequence[str], rows: Iterable[Sequence[str]], empty: str, **more: Any) -> dict[str, Any]:
    """A table of a document. `numbers` are the columns set to the right, `note` stands under it."""
    return {"title": title, "head": list(head), "rows": [list(row) for row in rows], "empty": empty, **more}
