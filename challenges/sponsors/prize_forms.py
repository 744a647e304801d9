"""The shape of what organisers type about prizes, and of the rule about several prizes for one entry."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, NumberRange, Optional

from challenges.sponsors.eligibility.forms import ConditionsForm
from challenges.sponsors.forms import WHOLE_EDITION, challenge_label
from challenges.sponsors.gifts.models import Gift
from challenges.sponsors.models import Prize, Sponsor
from challenges.sponsors.prizes import PrizeTerms, RuleTerms, terms_of
from challenges.sponsors.registry import ChallengeChoice
from challenges.sponsors.rules import FIRST_WITHOUT_PLACE, PrizeKind
from challenges.sponsors.wording import KINDS
from hackaviz.web.forms import AmountField, Form, bilingual, in_one_language_at_least, text_field
from hackaviz.web.templating import localized

NOBODY = 0


class PrizeForm(ConditionsForm):
    """A prize to announce."""

    challenge = SelectField(_l("For"), coerce=int)
    kind = RadioField(
        _l("How it is won"),
        default=PrizeKind.PLACE,
        choices=[SelectChoice(kind, label) for kind, label in KINDS.items()],
    )
    place = IntegerField(_l("Place"), [Optional(), NumberRange(min=1, max=FIRST_WITHOUT_PLACE - 1)], default=1)
    sponsor = SelectField(_l("Whose jurors decide"), coerce=int, default=NOBODY)
    gift = SelectField(_l("The gift"), coerce=int, default=NOBODY)
    title_fr = StringField(_l("Title in French"), [Length(max=200), in_one_language_at_least])
    title_en = text_field(_l("Title in English"), required=False)
    cents = AmountField(_l("Amount in euros"), [Optional(), NumberRange(min=0)])

    @classmethod
    def of(cls, prize: Prize) -> "PrizeForm":
        """The form of a prize that exists."""
        terms = terms_of(prize)
        rule: dict[str, Any] = vars(terms.rule) | {
            "sponsor": terms.rule.sponsor_id or NOBODY,
            "gift": terms.rule.gift_id or NOBODY,
        }
        titles: dict[str, Any] = {"title_fr": prize.title.fr, "title_en": prize.title.en}
        return cls(obj=prize, challenge=prize.challenge_id or WHOLE_EDITION, **titles, **rule)

    def offer(self, choices: Sequence[ChallengeChoice], sponsors: Sequence[Sponsor], gifts: Sequence[Gift]) -> None:
        """Set which challenges, sponsors and gifts can be chosen."""
        offered = [SelectChoice(choice.id, challenge_label(choice)) for choice in choices]
        self.challenge.choices = [*offered, SelectChoice(WHOLE_EDITION, str(_l("the whole edition")))]
        names = (SelectChoice(each.id, each.name) for each in sponsors)
        self.sponsor.choices = [SelectChoice(NOBODY, str(_l("no sponsor"))), *names]
        titles = (SelectChoice(each.id, f"{localized(each.title)} · {each.sponsor.name}") for each in gifts)
        self.gift.choices = [SelectChoice(NOBODY, str(_l("no gift"))), *titles]

    def terms(self) -> PrizeTerms:
        """What the form says."""
        return PrizeTerms(
            challenge_id=self.challenge.data or None,
            place=self.place.data or 0,
            title=bilingual(self, "title"),
            cents=self.cents.data or 0,
            rule=self._rule(),
        )

    def _rule(self) -> RuleTerms:
        kind = PrizeKind(self.kind.data)
        return RuleTerms(
            kind=kind,
            sponsor_id=(self.sponsor.data or None) if kind is PrizeKind.SPONSOR_CHOICE else None,
            gift_id=(self.gift.data or None) if kind is PrizeKind.IN_KIND else None,
            **vars(self.conditions()),
        )


class PolicyForm(Form):
    """Whether an entry may win several prizes."""

    one_prize = BooleanField(_l("An entry wins one prize at most; mentions do not count"))
