"""“Can I use this?”, answered in the page's language."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from challenges.catalogue.licence_wording import CONDITION_WORDS
from challenges.catalogue.models import Availability, Dataset
from challenges.catalogue.quality import DAYS, allowed_days
from challenges.catalogue.rules import licence_of
from challenges.catalogue.wording import number
from hackaviz.web.language import current_language
from hackaviz.web.templating import file_size, local_date

Check = tuple[str, str, str | None]

HASH_CHARACTERS = 16
FREQUENCY_WORDS = {
    "continuous": _l("all the time"),
    "daily": _l("every day"),
    "weekly": _l("every week"),
    "biweekly": _l("every two weeks"),
    "monthly": _l("every month"),
    "bimonthly": _l("every two months"),
    "quarterly": _l("every three months"),
    "three-a-year": _l("three times a year"),
    "twice-a-year": _l("twice a year"),
    "yearly": _l("every year"),
    "every-two-years": _l("every two years"),
    "every-three-years": _l("every three years"),
    "every-five-years": _l("every five years"),
    "irregular": _l("now and then"),
    "never": _l("never: it is finished"),
}


def usable_checks(dataset: Dataset, today: date) -> list[Check]:
    """Answers to “Can I use this?”: where the data is, how large, on what terms, of which time, how fresh."""
    return [_where(dataset), *_files(dataset), _licence(dataset), _period(dataset), _freshness(dataset, today)]


def _where(dataset: Dataset) -> Check:
    if dataset.availability is Availability.HERE:
        return "ok", _("The data is here."), _("A copy that does not change while you work: download it on this page.")
    if dataset.availability is Availability.REACHABLE:
        return "ok", _("The data is at its publisher’s."), _seen(dataset)
    return "warn", _("The data is only described here."), _seen(dataset) or _("Nobody of us has checked the link.")


def _seen(dataset: Dataset) -> str:
    if dataset.link_seen_on is None:
        return dataset.seen_in[:1].upper() + dataset.seen_in[1:]
    day = local_date(dataset.link_seen_on)
    if not dataset.seen_in:
        return _("Link seen on %(day)s.", day=day)
    return _("Link seen on %(day)s. Source of this: %(source)s.", day=day, source=dataset.seen_in)


def _licence(dataset: Dataset) -> Check:
    licence = licence_of(dataset.licence)
    state, answer, condition = CONDITION_WORDS[licence.condition]
    name = licence.name.in_language(current_language())
    if not licence.is_known:
        return state, str(answer), str(condition)
    return state, str(answer), _("%(licence)s: %(condition)s", licence=name, condition=_lowered(str(condition)))


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _period(dataset: Dataset) -> Check:
    if not dataset.period:
        return "info", _("Period not stated."), None
    first, dash, last = dataset.period.partition("–")
    if dash and not last:
        return "ok", _("Since %(start)s, still going on.", start=first), None
    if dash and not first:
        return "ok", _("Until %(end)s.", end=last), None
    return "ok", _("Period: %(period)s.", period=dataset.period), None


def _files(dataset: Dataset) -> list[Check]:
    """How much there is to download, and the mark of its bytes."""
    here = [resource for resource in dataset.resources if resource.is_here and resource.sha256]
    if not here:
        return []
    size = file_size(sum(resource.bytes or 0 for resource in here))
    title = ngettext("%(count)s file, %(size)s.", "%(count)s files, %(size)s.", len(here), count=len(here), size=size)
    mark = str(here[0].sha256)[:HASH_CHARACTERS]
    return [("ok", title, _("The same bytes for everybody: SHA-256 %(mark)s…, in full under Files.", mark=mark))]


def _freshness(dataset: Dataset, today: date) -> Check:
    """When it was last brought up to date, against what its publisher promises."""
    if dataset.frequency == "never":
        return "ok", _("It will not change any more."), _changed(dataset)
    if dataset.modified_on is None:
        return "info", _("Nobody says how fresh it is."), _promise(dataset)
    title = _("Last brought up to date on %(day)s.", day=local_date(dataset.modified_on))
    if dataset.frequency not in DAYS:
        return "info", title, _promise(dataset) or _("No promised frequency.")
    age = (today - dataset.modified_on).days
    if age <= allowed_days(dataset.frequency):
        return "ok", title, _("%(promise)s That is kept.", promise=_promise(dataset))
    late = ngettext("%(count)s day", "%(count)s days", age, count=number(age))
    return "warn", title, _("%(promise)s It is late: that was %(days)s ago.", promise=_promise(dataset), days=late)


def _promise(dataset: Dataset) -> str | None:
    words = FREQUENCY_WORDS.get(dataset.frequency)
    return _("Promised: %(frequency)s.", frequency=words) if words else None


def _changed(dataset: Dataset) -> str | None:
    if dataset.modified_on is None:
        return None
    return _("Last brought up to date on %(day)s.", day=local_date(dataset.modified_on))
