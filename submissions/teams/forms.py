"""Forms of registrations and teams."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length

from challenges.briefs.models import Challenge
from challenges.editions.models import RulesVersion
from hackaviz.web.forms import REQUIRED, Form, moment_field, text_field
from hackaviz.web.templating import local_date
from submissions.teams.models import Eligibility
from submissions.teams.rules import Statement

YES_NO = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]


class RulesForm(Form):
    """Acceptance of one version of the rules: the one that the page showed."""

    rules_version = HiddenField(validators=[InputRequired()])
    accepts_rules = BooleanField(_l("I accept the rules"), [InputRequired(_l("Accept the rules to take part."))])

    def name_version(self, rules: RulesVersion, zone: str) -> None:
        """Say beside the box which version it accepts."""
        self.accepts_rules.label.text = _(
            "I accept version %(number)s of the rules, of %(date)s",
            number=rules.number,
            date=local_date(rules.published_at, zone),
        )


class RegistrationForm(RulesForm):
    """What a person states when they register."""

    is_student = RadioField(_l("Are you a student?"), [InputRequired(REQUIRED)], choices=YES_NO)
    school = text_field(_l("School or university"), required=False)
    is_minor = RadioField(_l("Are you under 18?"), [InputRequired(REQUIRED)], choices=YES_NO)

    def statement(self) -> Statement:
        """The typed answers as the service wants them."""
        return Statement(self.is_student.data == "yes", self.school.data or "", self.is_minor.data == "yes")


class DecisionForm(Form):
    """An organiser's word on a stated status."""

    eligibility = RadioField(
        _l("Decision"),
        [InputRequired(REQUIRED)],
        choices=[
            SelectChoice(Eligibility.CONFIRMED.value, _l("Confirm")),
            SelectChoice(Eligibility.REFUSED.value, _l("Refuse")),
        ],
    )
    reason = text_field(_l("Reason, sent to the person"), longest=500, required=False)


class ChallengeForm(Form):
    """The choice of a published challenge."""

    challenge = SelectField(_l("Challenge"), [InputRequired(REQUIRED)])

    def offer(self, challenges: Iterable[Challenge], label: Any) -> None:
        """Set the choices; `label` says a challenge in the reader's language."""
        offered = [SelectChoice(each.slug, label(each)) for each in challenges]
        self.challenge.choices = [SelectChoice("", _l("Choose a challenge")), *offered]


class TeamForm(ChallengeForm):
    """A new team."""

    name = text_field(_l("Name of the team"), longest=80)


class SchoolForm(Form):
    """The school that the public may read."""

    public_school = text_field(_l("School or university"), longest=200, required=False)


class ExtensionForm(Form):
    """More time for one team."""

    closes_at = moment_field(_l("The team may hand in until"))
    reason = text_field(_l("Reason"), longest=500)


class InvitationForm(Form):
    """Whom to invite."""

    email = EmailField(
        _l("E-mail address"), [InputRequired(REQUIRED), Length(max=320), Email(_l("This is not an e-mail address."))]
    )
