"""The forms of an edition's organisers."""

from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel.core import get_global
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import Email, InputRequired, Length, NumberRange

from challenges.editions.details import DATES, EditionDetails
from challenges.editions.models import Edition
from challenges.editions.wording import DATE_NAMES
from hackaviz.kernel.errors import Invalid
from hackaviz.kernel.identifiers import fold
from hackaviz.web.changing import ChangeForm
from hackaviz.web.forms import (
    REQUIRED,
    Form,
    bilingual,
    in_one_language_at_least,
    instant,
    local,
    long_text_field,
    moment_field,
    text_field,
)
from hackaviz.web.language import current_language
from hackaviz.web.templating import city

CONTINENTS = {
    "Africa": _l("Africa"),
    "America": _l("America"),
    "Antarctica": _l("Antarctica"),
    "Asia": _l("Asia"),
    "Atlantic": _l("Atlantic Ocean"),
    "Australia": _l("Australia"),
    "Europe": _l("Europe"),
    "Indian": _l("Indian Ocean"),
    "Pacific": _l("Pacific Ocean"),
}
NOT_AN_ADDRESS = _l("This is not an e-mail address. It looks like name@example.org.")
PAIRS = ("title", "tagline", "description", "provenance")
TEXTS = ("slug", "organiser_name", "contact_email", "time_zone")
NUMBERS = ("hand_in_grace_minutes", "smallest_team", "largest_team", "reviews_needed")


def time_zones() -> dict[str, list[tuple[str, str]]]:
    """Every zone that a city names, by continent, in the reader’s language: typing the city finds it in the list."""
    return _time_zones(current_language())


@cache
def _time_zones(_language: str) -> dict[str, list[tuple[str, str]]]:
    zones: dict[str, list[tuple[str, str]]] = {continent: [] for continent in CONTINENTS}
    for name in available_timezones():
        continent, _, place = name.partition("/")
        if continent in zones and place:
            zones[continent].append((name, _city(name, place)))
    return {str(CONTINENTS[each]): sorted(cities, key=_by_city) for each, cities in zones.items()}


def _city(zone: str, place: str) -> str:
    # Another name of a zone, as Belfast of London’s, is looked for by itself.
    has_other_names = zone in get_global("zone_aliases")
    return place.replace("_", " ").replace("/", ", ") if has_other_names else city(zone)


def _by_city(choice: tuple[str, str]) -> tuple[str, str]:
    name, shown = choice
    return fold(shown), name


def whole_number(label: Any, *, usual: int, least: int = 1, most: int = 50) -> Any:
    """A small number; a new form proposes the usual one."""
    message = _l("Write a whole number from %(least)s to %(most)s.", least=least, most=most)
    return IntegerField(label, [InputRequired(message), NumberRange(least, most, message)], default=usual)


class EditionForm(ChangeForm):
    """Texts in both languages, dates in the edition's zone, sizes."""

    title_fr = text_field(_l("Title, in French"), longest=120, required=False)
    title_en = text_field(_l("Title, in English"), longest=120, required=False)
    tagline_fr = text_field(_l("Promise in one line, in French"), longest=160, required=False)
    tagline_en = text_field(_l("Promise in one line, in English"), longest=160, required=False)
    description_fr = long_text_field(_l("Presentation, in French"), required=False)
    description_en = long_text_field(_l("Presentation, in English"), required=False)
    provenance_fr = long_text_field(_l("What is fact and what is invented, in French"), longest=4_000, required=False)
    provenance_en = long_text_field(_l("What is fact and what is invented, in English"), longest=4_000, required=False)
    slug = text_field(_l("Address"), longest=60, required=False)
    organiser_name = text_field(_l("Name of the organiser"))
    contact_email = StringField(
        _l("E-mail address that people can write to"), [InputRequired(REQUIRED), Length(max=320), Email(NOT_AN_ADDRESS)]
    )
    time_zone = SelectField(_l("Time zone"), [InputRequired(REQUIRED)], choices=time_zones, default="Europe/Paris")
    registration_opens_at = moment_field(DATE_NAMES["registration_opens_at"])
    registration_closes_at = moment_field(DATE_NAMES["registration_closes_at"])
    submission_opens_at = moment_field(DATE_NAMES["submission_opens_at"])
    submission_closes_at = moment_field(DATE_NAMES["submission_closes_at"])
    judging_opens_at = moment_field(DATE_NAMES["judging_opens_at"])
    judging_closes_at = moment_field(DATE_NAMES["judging_closes_at"])
    results_expected_at = moment_field(DATE_NAMES["results_expected_at"])
    hand_in_grace_minutes = whole_number(_l("Minutes of grace after hand-in closes"), usual=30, least=0, most=24 * 60)
    smallest_team = whole_number(_l("Members of the smallest team"), usual=1)
    largest_team = whole_number(_l("Members of the largest team"), usual=5)
    reviews_needed = whole_number(_l("Reviews that an entry needs to be ranked"), usual=3, most=20)

    validate_title_fr = in_one_language_at_least
    validate_tagline_fr = in_one_language_at_least
    validate_description_fr = in_one_language_at_least

    @classmethod
    def of(cls, edition: Edition) -> "EditionForm":
        """The form of an edition as it stands."""
        values: dict[str, Any] = {name: local(getattr(edition, name), edition.time_zone) for name in DATES}
        for name in PAIRS:
            text = getattr(edition, name)
            if text is not None:
                values |= {f"{name}_{language}": words for language, words in text.as_dict().items()}
        return cls(data=values | {name: getattr(edition, name) for name in (*TEXTS, *NUMBERS)})

    def details(self) -> EditionDetails:
        """What was typed, with dates as instants. Raises Invalid for an hour that does not exist."""
        values: dict[str, Any] = {name: self[name].data or "" for name in TEXTS}
        values |= {name: self[name].data for name in NUMBERS}
        values |= {name: bilingual(self, name) for name in PAIRS}
        values |= {name: self._instant(name) for name in DATES}
        return EditionDetails(**values | {"provenance": values["provenance"] or None})

    def _instant(self, name: str) -> datetime:
        try:
            return instant(self[name].data, self.time_zone.data)
        except Invalid as error:
            raise Invalid(error.message, field=name) from error


class RulesForm(ChangeForm):
    """The text of a version of the rules."""

    text_fr = long_text_field(_l("Rules, in French"), longest=60_000, required=False)
    text_en = long_text_field(_l("Rules, in English"), longest=60_000, required=False)

    validate_text_fr = in_one_language_at_least


class InvitationForm(Form):
    """Whom to invite."""

    name = text_field(_l("Name"), longest=120)
    email = StringField(_l("E-mail address"), [InputRequired(REQUIRED), Length(max=320), Email(NOT_AN_ADDRESS)])
