"""The shape of what organisers type about gifts in kind."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from challenges.sponsors.gifts.models import Gift
from challenges.sponsors.gifts.service import GiftDetails
from challenges.sponsors.models import Sponsor
from hackaviz.web.changing import ChangeForm
from hackaviz.web.forms import AmountField, bilingual, in_one_language_at_least, long_text_field, text_field


class GiftForm(ChangeForm):
    """A thing that a sponsor gives."""

    sponsor = SelectField(_l("Given by"), coerce=int)
    title_fr = StringField(_l("What it is, in French"), [Length(max=200), in_one_language_at_least])
    title_en = text_field(_l("What it is, in English"), required=False)
    terms_fr = long_text_field(_l("Terms in French"), longest=2000, required=False)
    terms_en = long_text_field(_l("Terms in English"), longest=2000, required=False)
    stated_cents = AmountField(
        _l("Value stated by the giver, in euros"),
        [Optional(), NumberRange(min=1, message=_l("The amount must be more than zero."))],
    )
    received_on = DateField(_l("Received on"), [Optional()])

    @classmethod
    def of(cls, gift: Gift | None, sponsors: Sequence[Sponsor]) -> "GiftForm":
        """The form of a gift, or of a new one. Who gives is chosen once."""
        if gift is None:
            form = cls(remembers=False)
            form.sponsor.choices = [SelectChoice(sponsor.id, sponsor.name) for sponsor in sponsors]
            return form
        texts: dict[str, Any] = {"title_fr": gift.title.fr, "title_en": gift.title.en}
        form = cls(obj=gift, **texts, terms_fr=gift.terms.fr, terms_en=gift.terms.en)
        del form.sponsor
        return form

    def details(self) -> GiftDetails:
        """What the form says."""
        return GiftDetails(
            title=bilingual(self, "title"),
            terms=bilingual(self, "terms"),
            stated_cents=self.stated_cents.data,
            received_on=self.received_on.data,
        )
