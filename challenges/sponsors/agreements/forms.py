"""The shape of what organisers type about agreements."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from challenges.sponsors.agreements.models import AgreementParty
from challenges.sponsors.agreements.rules import ContributionKind
from challenges.sponsors.agreements.service import PartyDetails
from challenges.sponsors.forms import AMOUNT
from hackaviz.web.bank_details import NoBankDetails
from hackaviz.web.changing import ChangeForm
from hackaviz.web.forms import REQUIRED, AmountField, Form, in_one_language_at_least, text_field

KINDS = {
    ContributionKind.MONEY: _l("Money"),
    ContributionKind.DATA: _l("Data"),
    ContributionKind.JURORS: _l("Jurors"),
    ContributionKind.IN_KIND: _l("Something else in kind"),
}


class AgreementForm(NoBankDetails, Form):
    """A new agreement."""

    title_fr = StringField(_l("Title in French"), [Length(max=200), in_one_language_at_least])
    title_en = text_field(_l("Title in English"), required=False)
    reference = text_field(_l("Reference of the agreement"), longest=120)


class PartyForm(ChangeForm):
    """A party of an agreement."""

    name = text_field(_l("Name"), longest=160)
    is_carrier = BooleanField(_l("It carries the administration and the money"))
    signed_on = DateField(_l("Signed on"), [Optional()])

    @classmethod
    def of(cls, party: AgreementParty | None) -> "PartyForm":
        """The form of a party, or of a new one."""
        return cls(obj=party) if party else cls(remembers=False)

    def details(self) -> PartyDetails:
        """What the form says."""
        return PartyDetails(self.name.data or "", bool(self.is_carrier.data), self.signed_on.data)


class ContributionForm(NoBankDetails, Form):
    """What a party brings."""

    kind = RadioField(_l("What it brings"), [InputRequired(REQUIRED)])
    description = text_field(_l("In a sentence"), longest=500)
    cents = AmountField(_l("Amount in euros, for money"), [Optional(), *AMOUNT[1:]])

    def offer(self) -> None:
        """Set the kinds."""
        self.kind.choices = [SelectChoice(kind, label) for kind, label in KINDS.items()]
