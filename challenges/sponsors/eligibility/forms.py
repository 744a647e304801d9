"""The shape of conditions, as organisers set them for a prize or note them for a pledge."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, IntegerField
from wtforms.validators import NumberRange, Optional

from challenges.sponsors.eligibility.rules import ConditionTerms
from hackaviz.web.changing import ChangeForm
from hackaviz.web.forms import text_field


class ConditionsForm(ChangeForm):
    """What each member of a team must be."""

    students_only = BooleanField(_l("Students only"))
    under_age = IntegerField(_l("Under this age"), [Optional(), NumberRange(min=1, max=120)])
    age_on = DateField(_l("On this day"), [Optional()])
    region = text_field(_l("Only for this region"), longest=120, required=False)
    first_entry_only = BooleanField(_l("Only for a first entry in this contest"))

    def conditions(self) -> ConditionTerms:
        """What the form says of them."""
        return ConditionTerms(
            students_only=bool(self.students_only.data),
            under_age=self.under_age.data,
            age_on=self.age_on.data,
            region=self.region.data or "",
            first_entry_only=bool(self.first_entry_only.data),
        )
