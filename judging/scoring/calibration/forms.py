"""The forms of the calibration exercise: two public works, or a file of one's own."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import FileField, SelectField
from wtforms.fields.choices import SelectChoice

from challenges.briefs.models import Challenge
from challenges.briefs.queries import challenges_of
from challenges.editions.models import Edition
from hackaviz.web.database import current_session
from hackaviz.web.forms import Form, text_field
from hackaviz.web.templating import localized
from submissions.entries.models import Entry


def _rubrics(challenges: Sequence[Challenge]) -> list[SelectChoice]:
    return [SelectChoice(each.id, f"{each.number}. {localized(each.title)}") for each in challenges]


class WorksForm(Form):
    """Two works, and whose rubric they are scored by."""

    first = SelectField(_l("First work"))
    second = SelectField(_l("Second work"))
    challenge = SelectField(_l("Scored by the rubric of"), coerce=int)

    def offer(self, entries: dict[str, Entry], edition: Edition) -> None:
        """Fill the lists."""
        works = [
            SelectChoice(name, f"{each.title} · {localized(each.edition.title)}") for name, each in entries.items()
        ]
        self.first.choices = self.second.choices = works
        self.challenge.choices = _rubrics(challenges_of(current_session(), edition))


class UploadWorkForm(Form):
    """A file that organisers bring, what it is called, and whose rubric it is scored by."""

    file = FileField(_l("Drop a file here, or choose it"))
    title = text_field(_l("Title, for the organisers"), longest=160)
    message = text_field(_l("Its message, in a sentence"), longest=300, required=False)
    # Another name than the list of the other form, which stands on the same page.
    challenge = SelectField(_l("Scored by the rubric of"), id="brought-challenge", coerce=int)


def upload_form(edition: Edition) -> UploadWorkForm:
    """The form with the rubrics of an edition; what was sent is in it where something was."""
    form = UploadWorkForm()
    form.challenge.choices = _rubrics(challenges_of(current_session(), edition))
    return form
