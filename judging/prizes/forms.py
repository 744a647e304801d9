"""The shape of what organisers type about awards."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, DateField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from challenges.sponsors.models import Pledge, Prize
from hackaviz.web.bank_details import NoBankDetails
from hackaviz.web.forms import AmountField, Form, long_text_field, text_field
from hackaviz.web.templating import localized, money
from judging.prizes.models import Award
from judging.prizes.service import Given
from submissions.entries.models import Entry


class AwardForm(NoBankDetails, Form):
    """A prize given by decision."""

    prize = SelectField(_l("Prize"), coerce=int)
    entry = SelectField(_l("Entry"), coerce=int)
    cents = AmountField(_l("Amount in euros"), [Optional(), NumberRange(min=0)])
    decision = long_text_field(_l("The decision: who decided, when, on which result"), longest=2000)
    although = BooleanField(_l("Give it although the entry cannot win this prize by its rules"))

    def given(self) -> Given:
        """What the form says."""
        return Given(self.cents.data or 0, self.decision.data or "", bool(self.although.data))

    def offer(self, prizes: Sequence[Prize], entries: Sequence[Entry]) -> None:
        """Set which prizes still have money and which entries can be chosen."""
        self.prize.choices = [SelectChoice(prize.id, _prize_label(prize)) for prize in prizes]
        self.entry.choices = [
            SelectChoice(entry.id, f"{entry.code} · {entry.title} · {entry.team.name}") for entry in entries
        ]


def _prize_label(prize: Prize) -> str:
    left = prize.cents - prize.awarded_cents
    return f"{localized(prize.title)} · {money(left)}" if left else str(localized(prize.title))


class AwardPaymentForm(NoBankDetails, Form):
    """A winner was paid."""

    paid_on = DateField(_l("Paid on"), [InputRequired(_l("Choose a date."))])
    reference = text_field(_l("Reference of the payment"), longest=160)
    proof = FileField(_l("Proof of the payment"))

    def validate_proof(self, field: FileField) -> None:
        """An empty file proves nothing."""
        if field.data:
            if not field.data.stream.read(1):
                raise ValidationError(_l("This file is empty. Check that it was saved, then choose it again."))
            field.data.stream.seek(0)


class ConfirmForm(NoBankDetails, Form):
    """An award stays although the result or the rules have changed."""

    reason = long_text_field(_l("Why it stays: who decided, when"), longest=2000)


class FundingForm(Form):
    """Who pays an award: one amount per pledge that may. Made by `funding_form`."""

    def parts(self) -> dict[int, int]:
        """Pledge → cents, without the empty ones."""
        amounts = {name: field.data for name, field in self._fields.items() if name.startswith("pledge_")}
        return {int(name.removeprefix("pledge_")): cents for name, cents in amounts.items() if cents}


def funding_form(award: Award, pledges: Sequence[Pledge]) -> FundingForm:
    """A form with one amount per pledge, filled with who pays now."""
    paid = {funding.pledge_id: funding.cents for funding in award.fundings}
    fields: dict[str, Any] = {f"pledge_{pledge.id}": _part_field(pledge) for pledge in pledges}
    made: type[FlaskForm] = type("FundingFormOfPledges", (FundingForm,), fields)
    filled: FundingForm = made(data={f"pledge_{pledge.id}": paid.get(pledge.id) for pledge in pledges})
    return filled


def _part_field(pledge: Pledge) -> AmountField:
    return AmountField(f"{pledge.sponsor.name} · {pledge.name}", [Optional(), NumberRange(min=0)])
