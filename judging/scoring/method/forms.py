"""The choice of a method as a form."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice

from challenges.briefs.models import Challenge
from hackaviz.web.forms import Form, long_text_field
from hackaviz.web.templating import localized
from judging.ranking.contest import TieRule
from judging.scoring.method.models import MethodChoice
from judging.scoring.method.rules import LONGEST_REASON, Method
from judging.scoring.method.wording import METHOD_NAMES, METHOD_NOTES, TIE_NAMES, TIE_NOTES

WHOLE_EDITION = 0


def _choices(names: Any, notes: Any) -> list[SelectChoice]:
    return [
        SelectChoice(each.value, _l("%(name)s. %(note)s", name=name, note=notes[each])) for each, name in names.items()
    ]


class MethodForm(Form):
    """For which challenges, which method, what of equal scores, and why it changes."""

    challenge = SelectField(_l("It ranks"), coerce=int)
    method = RadioField(_l("Method"), choices=_choices(METHOD_NAMES, METHOD_NOTES))
    ties = RadioField(_l("Equal scores"), choices=_choices(TIE_NAMES, TIE_NOTES))
    reason = long_text_field(_l("Reason of the change"), longest=LONGEST_REASON, required=False)

    def __init__(self, challenges: Sequence[Challenge], held: MethodChoice | None) -> None:
        """The form as it stands: what holds for the whole edition, or what is recommended."""
        super().__init__(
            data={
                "challenge": WHOLE_EDITION,
                "method": (held.method if held else Method.BLUP).value,
                "ties": (held.ties if held else TieRule.CHAIN).value,
            }
        )
        every = SelectChoice(WHOLE_EDITION, _l("every challenge of the edition"))
        numbered = [SelectChoice(each.id, f"{each.number}. {localized(each.title)}") for each in challenges]
        self.challenge.choices = [every, *numbered]

    def named(self) -> dict[str, Any]:
        """What the service takes."""
        return {"method": Method(self.method.data), "ties": TieRule(self.ties.data), "reason": self.reason.data or ""}
