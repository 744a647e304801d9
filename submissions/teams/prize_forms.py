"""What people state for prizes, and what organisers decide about who takes part hors concours."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from challenges.sponsors.eligibility.models import PrizeStatement
from challenges.sponsors.eligibility.rules import Asked, Tie
from challenges.sponsors.eligibility.service import Stated
from challenges.sponsors.eligibility.wording import TIES
from hackaviz.web.forms import REQUIRED, Form, text_field

ELSEWHERE = "-"
YES_NO = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]


class PrizeStatementForm(Form):
    """What the prizes of an edition ask for, and whether the person is tied to who pays or judges."""

    born_on = DateField(_l("Date of birth"), [InputRequired(_l("Choose a date."))])
    region = SelectField(_l("Where you live or study"), [InputRequired(REQUIRED)])
    is_first_entry = RadioField(
        _l("Is this your first entry in this contest?"), [InputRequired(REQUIRED)], choices=YES_NO
    )
    tie = RadioField(
        _l("Are you tied to a sponsor or a juror of this edition?"),
        [InputRequired(REQUIRED)],
        choices=[SelectChoice(tie, label) for tie, label in TIES.items()],
    )
    tie_to = text_field(_l("Which sponsor, or which juror"), required=False)

    @classmethod
    def asking(cls, asked: Asked, regions: Sequence[str], known: PrizeStatement | None) -> "PrizeStatementForm":
        """The form with the questions that these prizes ask, filled with what was stated before."""
        form = cls(data=_answers(known))
        form.region.choices = [
            SelectChoice("", _l("Choose")),
            *(SelectChoice(region, region) for region in regions),
            SelectChoice(ELSEWHERE, _l("elsewhere")),
        ]
        for name, wanted in (("born_on", asked.birth), ("region", asked.region), ("is_first_entry", asked.first_entry)):
            if not wanted:
                del form[name]
        return form

    def stated(self) -> Stated:
        """What the form says."""
        first = self.data.get("is_first_entry")
        return Stated(
            born_on=self.data.get("born_on"),
            region=self.data.get("region") or "",
            is_first_entry=None if first is None else first == "yes",
            tie=Tie(self.tie.data),
            tie_to=self.tie_to.data or "",
        )


def _answers(known: PrizeStatement | None) -> dict[str, Any]:
    if known is None:
        return {}
    first = None if known.is_first_entry is None else "yes" if known.is_first_entry else "no"
    told = {"born_on": known.born_on, "region": known.region, "is_first_entry": first}
    return {**told, "tie": known.tie.value, "tie_to": known.tie_to}


class HorsConcoursForm(Form):
    """Why a person takes part without winning."""

    reason = text_field(_l("Reason"), longest=500)
