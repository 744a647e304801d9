"""The shape of what organisers type about money that leaves a pledge, and about what is corrected."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from challenges.editions.models import Edition
from challenges.ledger.rules import TransactionKind
from challenges.sponsors.forms import AMOUNT, edition_choices
from challenges.sponsors.models import Pledge
from challenges.sponsors.pools import Release, may_leave
from challenges.sponsors.reducing import Reduction
from hackaviz.web.bank_details import NoBankDetails
from hackaviz.web.forms import REQUIRED, AmountField, Form, RequestKeyField, long_text_field, text_field

WAYS_OUT = {
    TransactionKind.REFUND: _l("Give it back to the sponsor"),
    TransactionKind.CARRY_OVER: _l("Carry it over to another edition"),
    TransactionKind.COST: _l("Spend it on costs"),
}


class ReleaseForm(NoBankDetails, Form):
    """Money that leaves a pledge without being awarded."""

    request_key = RequestKeyField()
    way = RadioField(_l("What becomes of it"), [InputRequired(REQUIRED)])
    edition = SelectField(_l("Over to which edition"), [Optional()], default="")
    cents = AmountField(_l("Amount in euros"), AMOUNT)
    happened_on = DateField(_l("Date"), [InputRequired(_l("Choose a date."))])
    decision = long_text_field(_l("The decision: who decided, when, why"), longest=2000)
    reference = text_field(_l("Reference"), longest=160, required=False)

    def offer(self, pledge: Pledge, editions: Sequence[Edition]) -> None:
        """Set what may become of this money, and the editions that it may go over to."""
        self.edition.choices = edition_choices(editions)
        ways = [way for way in WAYS_OUT if may_leave(pledge, way)]
        self.way.choices = [SelectChoice(way, WAYS_OUT[way]) for way in ways]

    def release(self) -> Release:
        """What the form says."""
        return Release(
            way=TransactionKind(self.way.data),
            cents=self.cents.data or 0,
            happened_on=self.happened_on.data,
            decision=self.decision.data or "",
            reference=self.reference.data or "",
            request_key=self.request_key.data or "",
        )


class ReduceForm(NoBankDetails, Form):
    """A promise that becomes less."""

    request_key = RequestKeyField()
    cents = AmountField(
        _l("What is promised from now on, in euros"),
        [InputRequired(REQUIRED), NumberRange(min=0, message=_l("Zero or more."))],
    )
    happened_on = DateField(_l("Date"), [InputRequired(_l("Choose a date."))])
    decision = long_text_field(_l("The decision: who decided, when, why"), longest=2000)

    def reduction(self) -> Reduction:
        """What the form says."""
        return Reduction(
            promised_cents=self.cents.data or 0,
            happened_on=self.happened_on.data,
            decision=self.decision.data or "",
            request_key=self.request_key.data or "",
        )


class ReasonForm(NoBankDetails, Form):
    """Why something is taken back."""

    reason = long_text_field(_l("Reason"), longest=2000)
