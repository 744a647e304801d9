"""The quality of a dataset in words: its score, what each aspect brings, what would raise it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.numbers import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from challenges.catalogue.models import Availability, Dataset
from challenges.catalogue.quality import Aspect, Facts, Mark, Quality, quality_of
from hackaviz.web.language import current_language

Check = tuple[str, str, str | None]

NAMES: Mapping[Aspect, object] = {
    Aspect.LICENCE: _l("Open licence"),
    Aspect.DESCRIPTION: _l("Description"),
    Aspect.FRESHNESS: _l("Freshness"),
    Aspect.ANSWERS: _l("Access to the data"),
    Aspect.FORMAT: _l("Open format"),
    Aspect.COLUMNS: _l("Named columns"),
    Aspect.PERIOD: _l("Period stated"),
    Aspect.PLACE: _l("Place stated"),
}
FULFILLED: Mapping[Aspect, object] = {
    Aspect.LICENCE: _l("Anybody may use it for anything, on its conditions."),
    Aspect.DESCRIPTION: _l("Long enough to say what it holds."),
    Aspect.FRESHNESS: _l("As fresh as its publisher promises."),
    Aspect.ANSWERS: _l("It is here, or somebody saw its link answer."),
    Aspect.FORMAT: _l("Any program may read it."),
    Aspect.COLUMNS: _l("Each column has a name."),
}
RAISING: Mapping[Aspect, object] = {
    Aspect.LICENCE: _l("An open licence would raise it, such as Licence Ouverte 2.0 or ODbL."),
    Aspect.DESCRIPTION: _l("A longer description would raise it: what it holds, how it was made, what is missing."),
    Aspect.FRESHNESS: _l("A stated frequency that is kept, and the day of the last update, would raise it."),
    Aspect.ANSWERS: _l("An address at which the data can be had would raise it."),
    Aspect.FORMAT: _l("An open format beside the others would raise it, such as CSV or GeoJSON."),
    Aspect.COLUMNS: _l("A first row that names every column would raise it."),
    Aspect.PERIOD: _l("Saying which time it covers would raise it."),
    Aspect.PLACE: _l("Saying which place it covers would raise it."),
}
NOT_HARVESTED = _l("Described by hand: we have not read what its publisher says.")
UNKNOWN: Mapping[Aspect, object] = {
    Aspect.ANSWERS: _l("Nobody of us has checked the link."),
    Aspect.FORMAT: _l("Nothing says what it can be opened with."),
    Aspect.COLUMNS: _l("We have no table of it to look into."),
}


@dataclass(frozen=True)
class QualityInWords:
    """What a page shows: the title with the score, how it came about, a line for each aspect."""

    title: str
    explanation: str
    checks: list[Check]


def quality_in_words(dataset: Dataset, *, is_harvested: bool, today: date) -> QualityInWords:
    """Judge a dataset and say why."""
    quality = quality_of(facts_of(dataset, is_harvested=is_harvested), today)
    checks = [_check(mark, dataset) for mark in quality.marks]
    return QualityInWords(_title(quality), _explanation(quality), checks)


def facts_of(dataset: Dataset, *, is_harvested: bool) -> Facts:
    """What the rule asks of a dataset."""
    columns = tuple(column["name"] for resource in dataset.resources for column in resource.columns)
    return Facts(
        is_harvested=is_harvested,
        licence=dataset.licence,
        licence_as_stated=dataset.licence_as_stated,
        description=max(dataset.description.fr, dataset.description.en, key=len),
        frequency=dataset.frequency,
        modified_on=dataset.modified_on,
        answers=_answers(dataset, is_harvested),
        formats=tuple(dataset.formats),
        columns=columns or None,
        period=dataset.period,
        has_place=bool(dataset.coverage or dataset.bounds),
    )


def _answers(dataset: Dataset, is_harvested: bool) -> bool | None:
    if dataset.availability is not Availability.DESCRIBED:
        return True
    leads_somewhere = bool(dataset.landing_page or dataset.resources)
    return False if is_harvested and not leads_somewhere else None


def _title(quality: Quality) -> str:
    if quality.score is None:
        return _("Quality: too little is known for a score")
    return _("Quality: %(score)s out of 100", score=quality.score)


def _explanation(quality: Quality) -> str:
    if quality.known == sum(mark.points for mark in quality.marks):
        return _("How well it is published, not how good the data is.")
    return _(
        "How well it is published, not how good the data is. %(known)s of 100 points could be judged: what we do not "
        "know counts neither for nor against.",
        known=quality.known,
    )


def _check(mark: Mark, dataset: Dataset) -> Check:
    name = str(NAMES[mark.aspect])
    if mark.share is None:
        return "info", _("%(aspect)s: not known", aspect=name), str(_why_unknown(mark.aspect, dataset))
    won = format_decimal(mark.points * mark.share / 100, "0.#", locale=current_language())
    title = _("%(aspect)s: %(won)s of %(points)s", aspect=name, won=won, points=mark.points)
    if mark.share == 100:
        reason = FULFILLED.get(mark.aspect)
        return "ok", title, str(reason) if reason else None
    return "warn", title, str(RAISING[mark.aspect])


def _why_unknown(aspect: Aspect, dataset: Dataset) -> object:
    if aspect is Aspect.LICENCE and dataset.licence_as_stated:
        return _("We do not recognise the licence as it is stated.")
    return UNKNOWN.get(aspect, NOT_HARVESTED)
