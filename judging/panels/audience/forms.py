"""The form of the audience vote."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition
from challenges.sponsors.models import Prize
from hackaviz.accounts.rules import normalise_email
from hackaviz.web.forms import Form, instant, long_text_field, moment_field
from judging.panels.audience.rules import Electorate
from judging.panels.audience.service import VotePlan
from judging.panels.sponsors.forms import prize_choices

NO_PRIZE = 0
ELECTORATES = {
    Electorate.EVERYBODY: _l("Everybody with a verified account"),
    Electorate.LISTED: _l("Only the addresses below"),
}


class VoteForm(Form):
    """When the audience votes, who, for which prize."""

    opens_at = moment_field(_l("The vote opens"))
    closes_at = moment_field(_l("The vote closes"))
    electorate = RadioField(
        _l("Who votes"),
        choices=[SelectChoice(each.value, words) for each, words in ELECTORATES.items()],
        default=Electorate.EVERYBODY.value,
    )
    voters = long_text_field(_l("Addresses that may vote"), longest=400_000, required=False)
    prize = SelectField(_l("The prize that it decides"), coerce=int, default=NO_PRIZE)

    def offer(self, prizes: Sequence[Prize], challenges: Sequence[Challenge]) -> None:
        """Fill the list of prizes."""
        self.prize.choices = [SelectChoice(NO_PRIZE, _l("none in particular")), *prize_choices(prizes, challenges)]

    def validate_voters(self, field: Any) -> None:
        """Refuse what is no address."""
        wrong = [line for line in (field.data or "").split() if line.count("@") != 1]
        if wrong:
            raise ValidationError(_l("Not an e-mail address: %(line)s", line=wrong[0][:100]))

    def plan(self, edition: Edition, prizes: Sequence[Prize]) -> VotePlan:
        """What the service keeps. Raises Invalid for an hour that does not exist."""
        return VotePlan(
            opens_at=instant(self.opens_at.data, edition.time_zone),
            closes_at=instant(self.closes_at.data, edition.time_zone),
            electorate=Electorate(self.electorate.data),
            prize=next((prize for prize in prizes if prize.id == self.prize.data), None),
            voters=frozenset(normalise_email(line) for line in (self.voters.data or "").split()),
        )
