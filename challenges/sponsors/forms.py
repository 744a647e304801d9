"""The shape of what organisers type about sponsors, pledges, payments and prizes."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import URL, Email, InputRequired, Length, NumberRange, Optional

from challenges.editions.models import Edition
from challenges.sponsors.eligibility.forms import ConditionsForm
from challenges.sponsors.models import Custody, Pledge, Prize, Sponsor
from challenges.sponsors.registry import ChallengeChoice
from challenges.sponsors.service import Payment, PledgeTerms, SponsorDetails
from challenges.sponsors.terms import Purpose, conditions_of
from hackaviz.web.bank_details import NoBankDetails
from hackaviz.web.changing import ChangeForm
from hackaviz.web.forms import (
    REQUIRED,
    AmountField,
    Form,
    RequestKeyField,
    bilingual,
    long_text_field,
    text_field,
)
from hackaviz.web.templating import localized

CUSTODY_LABELS = {
    Custody.ORGANISER: _l("Held by the organiser"),
    Custody.CARRIER: _l("Held by a carrier"),
    Custody.DIRECT: _l("Paid directly to the winners by the sponsor"),
}
AMOUNT = [InputRequired(REQUIRED), NumberRange(min=1, message=_l("The amount must be more than zero."))]
WHOLE_EDITION = 0


class SponsorForm(ChangeForm):
    """Who gives."""

    name = text_field(_l("Name"), longest=160)
    website = StringField(
        _l("Website"), [Optional(), Length(max=500), URL(message=_l("Write the whole address, with https://."))]
    )
    description_fr = long_text_field(_l("Presentation in French"), longest=2000, required=False)
    description_en = long_text_field(_l("Presentation in English"), longest=2000, required=False)
    is_invented = BooleanField(_l("This sponsor is invented for a demonstration"))

    @classmethod
    def of(cls, sponsor: Sponsor) -> "SponsorForm":
        """The form of a sponsor that exists."""
        return cls(obj=sponsor, description_fr=sponsor.description.fr, description_en=sponsor.description.en)

    def details(self) -> SponsorDetails:
        """What the form says."""
        return SponsorDetails(
            name=self.name.data or "",
            website=self.website.data or "",
            description=bilingual(self, "description"),
            is_invented=bool(self.is_invented.data),
        )


class LogoForm(Form):
    """A sponsor's logo."""

    logo = FileField(_l("Logo"), [FileRequired(_l("Choose a file."))])


class PledgeForm(NoBankDetails, Form):
    """What a sponsor promises."""

    name = text_field(_l("Name of this pledge"), longest=160)
    cents = AmountField(_l("Amount in euros"), AMOUNT)
    custody = RadioField(
        _l("Where the money goes"),
        default=Custody.ORGANISER,
        choices=[SelectChoice(custody, label) for custody, label in CUSTODY_LABELS.items()],
    )
    carrier_name = text_field(_l("Name of the carrier"), longest=160, required=False)
    due_on = DateField(_l("Expected by"), [Optional()])
    may_pay_costs = BooleanField(_l("It may also pay costs of the contest"))
    challenges = SelectMultipleField(_l("Only for these challenges"), [Optional()], coerce=int)

    def offer(self, choices: Sequence[ChallengeChoice]) -> None:
        """Set which challenges can be chosen."""
        self.challenges.choices = [SelectChoice(choice.id, challenge_label(choice)) for choice in choices]

    def terms(self) -> PledgeTerms:
        """What the form says."""
        return PledgeTerms(
            name=self.name.data or "",
            promised_cents=self.cents.data or 0,
            custody=Custody(self.custody.data),
            carrier_name=self.carrier_name.data or "",
            due_on=self.due_on.data,
            challenge_ids=tuple(self.challenges.data or ()),
            may_pay_costs=bool(self.may_pay_costs.data),
        )


class PaymentForm(NoBankDetails, Form):
    """Money that arrived."""

    request_key = RequestKeyField()
    cents = AmountField(_l("Amount received, in euros"), AMOUNT)
    received_on = DateField(_l("Received on"), [InputRequired(_l("Choose a date."))])
    reference = text_field(_l("Reference on the bank statement"), longest=160)

    def payment(self) -> Payment:
        """What the form says."""
        return Payment(
            cents=self.cents.data or 0,
            received_on=self.received_on.data,
            reference=self.reference.data or "",
            request_key=self.request_key.data or "",
        )


class PurposeForm(NoBankDetails, ConditionsForm):
    """What a pledge is given for, and under which conditions."""

    challenges = SelectMultipleField(_l("Any prize of these challenges"), [Optional()], coerce=int)
    prizes = SelectMultipleField(_l("These prizes"), [Optional()], coerce=int)
    may_pay_costs = BooleanField(_l("It may also pay costs of the contest"))
    other_conditions = text_field(_l("Other conditions"), longest=500, required=False)

    @classmethod
    def of(cls, pledge: Pledge, purpose: tuple[frozenset[int], frozenset[int]]) -> "PurposeForm":
        """The form of a pledge, with what it is given for."""
        challenges, prizes = purpose
        known: dict[str, Any] = vars(conditions_of(pledge))
        return cls(obj=pledge, challenges=sorted(challenges), prizes=sorted(prizes), **known)

    def offer(self, choices: Sequence[ChallengeChoice], prizes: Sequence[Prize]) -> None:
        """Set which challenges and prizes can be chosen."""
        self.challenges.choices = [SelectChoice(choice.id, challenge_label(choice)) for choice in choices]
        numbers = {choice.id: choice.number for choice in choices}
        self.prizes.choices = [SelectChoice(prize.id, _prize_label(prize, numbers)) for prize in prizes]

    def purpose(self) -> Purpose:
        """What the form says."""
        return Purpose(
            challenge_ids=tuple(self.challenges.data or ()),
            prize_ids=tuple(self.prizes.data or ()),
            may_pay_costs=bool(self.may_pay_costs.data),
            conditions=self.conditions(),
            other_conditions=self.other_conditions.data or "",
        )


class InstalmentForm(Form):
    """A part of a promise that is expected."""

    due_on = DateField(_l("Expected by"), [InputRequired(_l("Choose a date."))])
    cents = AmountField(_l("Amount in euros"), AMOUNT)


def edition_choices(editions: Sequence[Edition]) -> list[SelectChoice]:
    """Editions by title, the first choice being none."""
    return [SelectChoice("", str(_l("none"))), *(SelectChoice(each.slug, localized(each.title)) for each in editions)]


class ContactForm(Form):
    """Whom to invite as a sponsor's contact."""

    name = text_field(_l("Name"), longest=120)
    email = EmailField(_l("E-mail"), [InputRequired(REQUIRED), Email(message=_l("This is not an e-mail address."))])


def _prize_label(prize: Prize, numbers: Mapping[int, int]) -> str:
    number = numbers.get(prize.challenge_id or WHOLE_EDITION)
    return (
        f"{localized(prize.title)} · {_l('challenge %(number)s', number=number) if number else _l('the whole edition')}"
    )


def challenge_label(choice: ChallengeChoice) -> str:
    """A challenge by number and title."""
    return str(_l("Challenge %(number)s: %(title)s", number=choice.number, title=localized(choice.title)))
