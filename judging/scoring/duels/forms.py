"""The forms of duels."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, ValidationError

from challenges.editions.models import Edition
from hackaviz.web.forms import REQUIRED, DecimalNumberField, Form, RequestKeyField, instant, moment_field
from judging.ranking.pairwise import is_usable


class VotingForm(Form):
    """When duels are fought, and between which works."""

    opens_at = moment_field(_l("Duels open"))
    closes_at = moment_field(_l("Duels close"))
    finalists_only = BooleanField(_l("Between finalists only"))

    def plan(self, edition: Edition) -> dict[str, Any]:
        """What the service keeps. Raises Invalid for an hour that does not exist."""
        instants = {name: instant(self[name].data, edition.time_zone) for name in ("opens_at", "closes_at")}
        return {**instants, "finalists_only": self.finalists_only.data}


class DuelForm(Form):
    """Two codes: the one that is preferred, the other."""

    winner = HiddenField(validators=[InputRequired()])
    loser = HiddenField(validators=[InputRequired()])
    request_key = RequestKeyField()


class RidgeForm(Form):
    """How far strengths are pulled towards equal."""

    ridge = DecimalNumberField(_l("Pull towards equal strengths"), [InputRequired(REQUIRED)])

    def validate_ridge(self, field: DecimalNumberField) -> None:
        """The same bounds as those of the command."""
        if field.data is not None and not is_usable(field.data):
            raise ValidationError(_l("Choose 0, or a number from a billionth to a billion."))
