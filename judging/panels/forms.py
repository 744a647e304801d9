"""The forms of a jury's organisers, and the juror's own declaration of a conflict."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, IntegerField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, NumberRange

from hackaviz.accounts.models import Person
from hackaviz.web.forms import REQUIRED, Form, long_text_field, text_field
from judging.panels.rules import Pair
from judging.panels.service import LONGEST_REASON
from submissions.entries.models import Entry


class InvitationForm(Form):
    """Whom to invite to the jury."""

    name = text_field(_l("Name"), longest=120)
    email = EmailField(
        _l("E-mail"), [InputRequired(REQUIRED), Email(_l("This is not an e-mail address.")), Length(max=320)]
    )


def pair_of(value: str) -> Pair:
    """The pair (juror, entry) of a box; a ValueError for anything else."""
    juror, _, entry = value.partition(":")
    return int(juror), int(entry)


class AssignmentForm(Form):
    """A grid of boxes: those ticked now, and those that were ticked when the page was shown.

    Only differences count, so that two organisers who work side by side do not undo each other.
    """

    chosen = SelectMultipleField(choices=[], coerce=pair_of, validate_choice=False)
    shown = SelectMultipleField(choices=[], coerce=pair_of, validate_choice=False)

    @property
    def added(self) -> set[Pair]:
        """Boxes newly ticked."""
        return set(self.chosen.data) - set(self.shown.data)

    @property
    def removed(self) -> set[Pair]:
        """Boxes cleared."""
        return set(self.shown.data) - set(self.chosen.data)


class ProposalForm(Form):
    """How many jurors each entry should have."""

    reviews = IntegerField(
        _l("Jurors for each entry"), [InputRequired(REQUIRED), NumberRange(1, 50, _l("Choose a number from 1 to 50."))]
    )


def reason_field() -> Any:
    """Why there is a conflict."""
    return long_text_field(_l("What is the link?"), longest=LONGEST_REASON)


class OwnConflictForm(Form):
    """A juror declares a conflict."""

    reason = reason_field()


class ConflictForm(Form):
    """An organiser declares a conflict for a juror."""

    juror = SelectField(_l("Juror"))
    entry = SelectField(_l("Entry"))
    reason = reason_field()

    def offer(self, jurors: Sequence[Person], entries: Sequence[Entry]) -> None:
        """Fill the two lists."""
        self.juror.choices = [SelectChoice(juror.public_id, juror.name) for juror in jurors]
        self.entry.choices = [SelectChoice(entry.code, f"{entry.code}, {entry.title}") for entry in entries]
