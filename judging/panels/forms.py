"""The forms of a jury's organisers, and the juror's own declaration of a conflict."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, Field, IntegerField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional, ValidationError

from challenges.briefs.models import Challenge
from challenges.catalogue.rules import THEMES
from hackaviz.accounts.models import Person
from hackaviz.web.forms import REQUIRED, DecimalNumberField, Form, long_text_field, text_field
from hackaviz.web.templating import localized
from judging.panels.rules import Pair
from judging.panels.service import LONGEST_REASON
from judging.panels.wording import KINDS
from judging.ranking.refusals import Refused
from judging.ranking.simulation import Contest
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
    kind = SelectField(_l("Kind of link"), choices=[SelectChoice(kind.value, name) for kind, name in KINDS.items()])
    reason = reason_field()

    def offer(self, jurors: Sequence[Person], entries: Sequence[Entry]) -> None:
        """Fill the two lists."""
        self.juror.choices = [SelectChoice(juror.public_id, juror.name) for juror in jurors]
        self.entry.choices = [SelectChoice(entry.code, f"{entry.code}, {entry.title}") for entry in entries]


class SeatForm(Form):
    """What a juror takes and judges, and whether they lead."""

    most = IntegerField(
        _l("Entries at most"), [Optional(), NumberRange(0, 10_000, _l("Choose a number of 0 or more."))]
    )
    challenges = SelectMultipleField(_l("Judges these challenges"), choices=[], coerce=int, validate_choice=False)
    is_lead = BooleanField(_l("Leads the jury"))

    def offer(self, challenges: Sequence[Challenge]) -> None:
        """Fill the list of challenges."""
        self.challenges.choices = [
            SelectChoice(each.id, f"{each.number}. {localized(each.title)}") for each in challenges
        ]


class WordsForm(Form):
    """Why a juror skips an entry, or what they tell the organisers."""

    reason = long_text_field(_l("Why?"), longest=LONGEST_REASON)


class FlagForm(Form):
    """What is wrong with an entry."""

    text = long_text_field(_l("What should the organisers look at?"), longest=LONGEST_REASON)


class ExpertiseForm(Form):
    """Themes a juror knows; the page adds a wish for each entry, named by its code."""

    themes = SelectMultipleField(_l("Themes that you know well"), choices=[])

    def offer(self) -> None:
        """Fill the list of themes."""
        self.themes.choices = [SelectChoice(code, localized(name)) for code, name in THEMES.items()]


class SpreadField(DecimalNumberField):
    """A standard deviation."""

    def __init__(self, label: Any, **bound: Any) -> None:
        super().__init__(label, [InputRequired(REQUIRED), NumberRange(0, 1_000)], **bound)


class SimulationForm(Form):
    """A design to try out."""

    entries = IntegerField(_l("Entries"), [InputRequired(REQUIRED), NumberRange(2, 300)])
    jurors = IntegerField(_l("Jurors"), [InputRequired(REQUIRED), NumberRange(2, 100)])
    per_entry = IntegerField(_l("Reviews of each entry"), [InputRequired(REQUIRED), NumberRange(1, 50)])
    bias = SpreadField(_l("How far jurors differ in severity"))
    noise = SpreadField(_l("How far chance moves a review"))
    rounds = SelectField(
        _l("Rounds"),
        coerce=int,
        choices=[
            SelectChoice(1, _l("one")),
            SelectChoice(2, _l("two: one review of each entry is kept for finalists")),
        ],
    )

    def contest(self) -> Contest:
        """The contest to simulate."""
        names = ("entries", "jurors", "per_entry", "bias", "noise", "rounds")
        return Contest(**{name: self[name].data for name in names})

    def validate_per_entry(self, field: Field) -> None:
        """Refuse what cannot be held."""
        try:
            self.contest().check()
        except (Refused, TypeError) as error:
            raise ValidationError(_l("Such a design cannot be held: add jurors, or ask for fewer reviews.")) from error
