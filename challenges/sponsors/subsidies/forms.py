"""The shape of what organisers type about subsidies."""

from decimal import Decimal

from flask_babel import lazy_gettext as _l
from wtforms import DateField, DecimalField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from challenges.sponsors.forms import AMOUNT
from challenges.sponsors.subsidies.models import Subsidy
from challenges.sponsors.subsidies.rules import NEXT, SubsidyState, Terms
from challenges.sponsors.subsidies.service import Outcome, SubsidyRequest
from hackaviz.web.bank_details import NoBankDetails
from hackaviz.web.forms import REQUIRED, AmountField, Form, text_field

WITHOUT_TAX, WITH_TAX = "without", "with"
STATES = {
    SubsidyState.REQUESTED: _l("requested"),
    SubsidyState.GRANTED: _l("granted"),
    SubsidyState.RECEIVED: _l("received"),
    SubsidyState.REFUSED: _l("turned down"),
}


class RequestForm(NoBankDetails, Form):
    """A subsidy that is asked."""

    funder = text_field(_l("Asked of"), longest=160)
    purpose = text_field(_l("What it pays for"), longest=300)
    cost_without_tax = AmountField(_l("Cost without tax, in euros"), AMOUNT)
    cost_with_tax = AmountField(_l("Cost with tax, in euros"), AMOUNT)
    basis = RadioField(
        _l("The rate applies to"),
        default=WITHOUT_TAX,
        choices=[
            SelectChoice(WITHOUT_TAX, _l("the cost without tax")),
            SelectChoice(WITH_TAX, _l("the cost with tax")),
        ],
    )
    rate = DecimalField(
        _l("Rate, in percent"),
        [InputRequired(REQUIRED), NumberRange(Decimal("0.01"), 100, _l("Between 0.01 and 100 percent."))],
    )
    ceiling_cents = AmountField(_l("Ceiling, in euros"), [Optional(), *AMOUNT[1:]])
    requested_cents = AmountField(_l("Amount requested, in euros"), AMOUNT)
    requested_on = DateField(_l("Requested on"), [InputRequired(_l("Choose a date."))])

    def request(self) -> SubsidyRequest:
        """What the form says."""
        terms = Terms(
            cost_without_tax=self.cost_without_tax.data or 0,
            cost_with_tax=self.cost_with_tax.data or 0,
            on_cost_with_tax=self.basis.data == WITH_TAX,
            rate=int((self.rate.data or Decimal()) * 100),
            ceiling=self.ceiling_cents.data,
        )
        return SubsidyRequest(
            funder=self.funder.data or "",
            purpose=self.purpose.data or "",
            terms=terms,
            requested_cents=self.requested_cents.data or 0,
            requested_on=self.requested_on.data,
        )


class OutcomeForm(NoBankDetails, Form):
    """What came of a request."""

    state = RadioField(_l("It is now"), [InputRequired(REQUIRED)])
    cents = AmountField(_l("Amount in euros"), [Optional()])
    decided_on = DateField(_l("Date"), [InputRequired(_l("Choose a date."))])
    decision = text_field(_l("Decision or reference"), longest=300, required=False)

    def offer(self, subsidy: Subsidy) -> None:
        """Set which states follow."""
        self.state.choices = [SelectChoice(state, STATES[state]) for state in NEXT[subsidy.state]]

    def outcome(self) -> Outcome:
        """What the form says."""
        return Outcome(
            state=SubsidyState(self.state.data),
            cents=self.cents.data or 0,
            decided_on=self.decided_on.data,
            decision=self.decision.data or "",
        )
