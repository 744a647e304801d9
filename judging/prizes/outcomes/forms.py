"""The shape of a decision about a prize that nobody gets."""

from collections.abc import Mapping, Sequence

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from challenges.editions.models import Edition
from challenges.sponsors.forms import edition_choices
from challenges.sponsors.models import Prize
from hackaviz.web.bank_details import NoBankDetails
from hackaviz.web.forms import REQUIRED, Form, RequestKeyField, long_text_field
from hackaviz.web.templating import localized
from judging.prizes.outcomes.rules import Way
from judging.prizes.outcomes.service import Settlement

WAYS = {
    Way.REFUND: _l("Give it back to those who would have paid"),
    Way.CARRY_OVER: _l("Carry it over to another edition"),
    Way.MOVE: _l("Add it to another prize that the same money may pay"),
}
NO_PRIZE = 0


class SettlementForm(NoBankDetails, Form):
    """What becomes of the money."""

    request_key = RequestKeyField()
    way = RadioField(
        _l("What becomes of it"),
        [InputRequired(REQUIRED)],
        choices=[SelectChoice(way, label) for way, label in WAYS.items()],
    )
    edition = SelectField(_l("Over to which edition"), default="")
    target = SelectField(_l("To which prize"), coerce=int, default=NO_PRIZE)
    happened_on = DateField(_l("Date"), [InputRequired(_l("Choose a date."))])
    decision = long_text_field(_l("The decision: who decided, when, why"), longest=2000)

    def offer(self, editions: Sequence[Edition], prizes: Sequence[Prize]) -> None:
        """Set where the money may go."""
        self.edition.choices = edition_choices(editions)
        named = (SelectChoice(each.id, str(localized(each.title))) for each in prizes)
        self.target.choices = [SelectChoice(NO_PRIZE, str(_l("no prize"))), *named]

    def settlement(self, editions: Mapping[str, Edition], prizes: Mapping[int, Prize]) -> Settlement:
        """What the form says."""
        way = Way(self.way.data)
        return Settlement(
            way=way,
            happened_on=self.happened_on.data,
            decision=self.decision.data or "",
            request_key=self.request_key.data or "",
            target_edition=editions.get(self.edition.data) if way is Way.CARRY_OVER else None,
            target_prize=prizes.get(self.target.data) if way is Way.MOVE else None,
        )
