"""A vote as a form."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from hackaviz.accounts.models import Person
from hackaviz.web.forms import REQUIRED, Form, long_text_field
from judging.deliberation.rules import LONGEST_REASON, ON_A_CHALLENGE, DecisionKind
from judging.deliberation.service import Motion
from judging.deliberation.wording import KIND_NAMES
from submissions.entries.models import Entry

NO_ENTRY = 0


def _count(label: Any) -> IntegerField:
    return IntegerField(label, [InputRequired(REQUIRED), NumberRange(min=0, max=10_000)], default=0)


class AttendanceForm(Form):
    """Which jurors are there, by the number of the person's row."""

    present = SelectMultipleField(_l("Present now"), choices=[], coerce=int)

    def offer(self, jurors: Iterable[Person]) -> None:
        """Set who can be noted."""
        self.present.choices = [SelectChoice(juror.id, juror.name) for juror in jurors]


class TableForm(Form):
    """What goes on the table: the code of an entry, or the number of a challenge; neither clears it."""

    entry = StringField(default="")
    number = IntegerField(validators=[Optional()])


class VoteForm(Form):
    """What is put to the vote, and the show of hands."""

    kind = SelectField(
        _l("The jury votes to"), choices=[SelectChoice(kind.value, name) for kind, name in KIND_NAMES.items()]
    )
    entry = SelectField(_l("Entry"), coerce=int)
    place = IntegerField(_l("New place"), [Optional(), NumberRange(min=1)])
    reason = long_text_field(_l("Reason"), longest=LONGEST_REASON)
    votes_for = _count(_l("For"))
    votes_against = _count(_l("Against"))
    abstained = _count(_l("Abstained"))

    def offer(self, entries: Mapping[int, Entry]) -> None:
        """Set which entries can be chosen."""
        codes = [SelectChoice(number, entry.code) for number, entry in entries.items()]
        self.entry.choices = [SelectChoice(NO_ENTRY, _l("none: the whole challenge")), *codes]

    def motion(self, entries: Mapping[int, Entry]) -> Motion:
        """What the service takes; a place counts only for a move, an entry only where the vote is about one."""
        kind = DecisionKind(self.kind.data)
        entry = None if kind in ON_A_CHALLENGE else entries.get(self.entry.data)
        place = self.place.data if kind is DecisionKind.PLACE else None
        return Motion(kind, entry, place, self.reason.data or "")

    def votes(self) -> dict[str, Any]:
        """The show of hands."""
        return {name: self[name].data or 0 for name in ("votes_for", "votes_against", "abstained")}
