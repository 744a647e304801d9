"""The form that seats a juror for a prize, and how lists name prizes."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from challenges.briefs.models import Challenge
from challenges.sponsors.models import Prize
from hackaviz.accounts.models import Person
from hackaviz.web.forms import Form
from hackaviz.web.templating import localized


def prize_choices(prizes: Sequence[Prize], challenges: Sequence[Challenge]) -> list[SelectChoice]:
    """Prizes by their titles, which are often the same, with the number of their challenge."""
    numbers = {challenge.id: challenge.number for challenge in challenges}
    return [SelectChoice(prize.id, _named(prize, numbers.get(prize.challenge_id or 0))) for prize in prizes]


def _named(prize: Prize, number: int | None) -> str:
    title = localized(prize.title)
    return str(title) if number is None else _("%(title)s, challenge %(number)s", title=title, number=number)


class PrizeSeatForm(Form):
    """Who judges for which prize."""

    juror = SelectField(_l("Juror"))
    prize = SelectField(_l("For the prize"), coerce=int)

    def offer(self, jurors: Sequence[Person], prizes: Sequence[Prize], challenges: Sequence[Challenge]) -> None:
        """Fill the two lists."""
        self.juror.choices = [SelectChoice(juror.public_id, juror.name) for juror in jurors]
        self.prize.choices = prize_choices(prizes, challenges)
