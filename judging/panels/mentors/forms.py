"""The form of a mentor."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from hackaviz.accounts.forms import email_field
from hackaviz.web.forms import Form, text_field
from submissions.teams.models import Team


class MentorForm(Form):
    """Who helps which team."""

    team = SelectField(_l("Team"))
    name = text_field(_l("Name"), longest=120)
    email = email_field()

    def offer(self, teams: Sequence[Team]) -> None:
        """Fill the list of teams."""
        self.team.choices = [SelectChoice(team.public_id, team.name) for team in teams]
