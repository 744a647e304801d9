"""The form that seats a juror for a prize."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from challenges.sponsors.models import Prize
from hackaviz.accounts.models import Person
from hackaviz.web.forms import Form
from hackaviz.web.templating import localized


class PrizeSeatForm(Form):
    """Who judges for which prize."""

    juror = SelectField(_l("Juror"))
    prize = SelectField(_l("For the prize"), coerce=int)

    def offer(self, jurors: Sequence[Person], prizes: Sequence[Prize]) -> None:
        """Fill the two lists."""
        self.juror.choices = [SelectChoice(juror.public_id, juror.name) for juror in jurors]
        self.prize.choices = [SelectChoice(prize.id, localized(prize.title)) for prize in prizes]
