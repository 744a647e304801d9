"""The shape of what members type about their shares."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import InputRequired, NumberRange

from hackaviz.web.forms import REQUIRED, AmountField, Form, text_field
from judging.prizes.shares.queries import MemberShare
from judging.prizes.winnings import Winning


class SharesForm(Form):
    """One amount per member. Made by `shares_form`."""

    def cents(self) -> dict[int, int]:
        """Person → cents."""
        amounts = {name: field.data for name, field in self._fields.items() if name.startswith("share_")}
        return {int(name.rpartition("_")[2]): cents for name, cents in amounts.items()}


def shares_form(winning: Winning, shares: Sequence[MemberShare]) -> SharesForm:
    """A form with one amount per member, filled with the shares of now."""
    names = {share.person.id: f"share_{winning.id}_{share.person.id}" for share in shares}
    fields: dict[str, Any] = {names[share.person.id]: _share_field(share) for share in shares}
    made: type[FlaskForm] = type(f"SharesFormOf{winning.id}", (SharesForm,), fields)
    filled: SharesForm = made(data={names[share.person.id]: share.cents for share in shares})
    return filled


def _share_field(share: MemberShare) -> AmountField:
    return AmountField(share.person.name, [InputRequired(REQUIRED), NumberRange(min=0)])


class GuardianForm(Form):
    """A guardian consents for a member under 18."""

    guardian = text_field(_l("Name of the guardian"), longest=160)
    consents = BooleanField(
        _l("I am the guardian named here: I consent to the prize and to the shares, and I receive the money"),
        [InputRequired(_l("The guardian has to consent."))],
    )
