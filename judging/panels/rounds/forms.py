"""The forms of rounds: their plan, and the finalists."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange

from challenges.editions.models import Edition
from hackaviz.web.forms import REQUIRED, Form, instant, local, moment_field
from judging.panels.rounds.models import MarksShown, Round, RoundKind
from judging.panels.rounds.service import RoundSettings, RoundsPlan
from judging.panels.wording import MARKS_SHOWN


def _marks_shown_field() -> Any:
    choices = [SelectChoice(shown.value, name) for shown, name in MARKS_SHOWN.items()]
    return SelectField(_l("Jurors see each other’s marks"), choices=choices, default=MarksShown.AT_DELIBERATION.value)


class RoundsForm(Form):
    """Two rounds: when the first ends and the second opens, how many further reviews, how each is judged."""

    qualification_closes_at = moment_field(_l("The qualification ends"))
    qualification_is_blind = BooleanField(_l("Blind: neither team, school nor file names"), default=True)
    qualification_marks_shown = _marks_shown_field()
    finalists_open_at = moment_field(_l("The finalists’ round opens"))
    further_reviews = IntegerField(
        _l("Further jurors for each finalist"),
        [InputRequired(REQUIRED), NumberRange(1, 50, _l("Choose a number from 1 to 50."))],
        default=5,
    )
    finalists_is_blind = BooleanField(_l("Blind: neither team, school nor file names"), default=True)
    finalists_marks_shown = _marks_shown_field()

    def plan(self, edition: Edition) -> RoundsPlan:
        """What the service keeps. Raises Invalid for an hour that does not exist."""
        return RoundsPlan(
            qualification_closes_at=instant(self.qualification_closes_at.data, edition.time_zone),
            finalists_open_at=instant(self.finalists_open_at.data, edition.time_zone),
            further_reviews=self.further_reviews.data,
            qualification=self._settings("qualification"),
            finalists=self._settings("finalists"),
        )

    def _settings(self, name: str) -> RoundSettings:
        marks_shown = MarksShown(self[f"{name}_marks_shown"].data)
        return RoundSettings(is_blind=self[f"{name}_is_blind"].data, marks_shown=marks_shown)


def saved_rounds(edition: Edition, rounds: Any) -> dict[str, Any]:
    """What the form shows of rounds that there are."""
    first: Round | None = rounds.get(RoundKind.QUALIFICATION)
    second: Round | None = rounds.get(RoundKind.FINALISTS)
    if first is None or second is None:
        return {}
    return {
        "qualification_closes_at": local(first.closes_at, edition.time_zone),
        "qualification_is_blind": first.is_blind,
        "qualification_marks_shown": first.marks_shown.value,
        "finalists_open_at": local(second.opens_at, edition.time_zone),
        "further_reviews": second.reviews_needed,
        "finalists_is_blind": second.is_blind,
        "finalists_marks_shown": second.marks_shown.value,
    }


class FinalistsForm(Form):
    """Which entries go on, by the number of their rows."""

    entries = SelectMultipleField(choices=[], coerce=int, validate_choice=False)
