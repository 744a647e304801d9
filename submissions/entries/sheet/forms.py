"""The sheet as a form: only what the edition asks. Everything may wait: hand-in says what is missing."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from challenges.editions.aims.rules import AimKind
from challenges.editions.sheet.queries import questions_of
from challenges.editions.sheet.rules import SheetField
from hackaviz.web.changing import ChangeForm
from hackaviz.web.forms import long_text_field, text_field
from hackaviz.web.templating import localized
from submissions.entries.manifest import sheet_of
from submissions.entries.models import Entry
from submissions.entries.sheet.rules import AIM_KINDS, ANSWERS, WORK_LICENCES, Sheet
from submissions.entries.sheet.wording import AI_WORDS, CONSENT_WORDS, LANGUAGE_NAMES


def _known_or_nothing(_form: Any, field: Any) -> None:
    # A radio or a list without an answer is sent as nothing: that may wait too.
    if field.data and field.data not in {choice.value for choice in field.choices}:
        raise ValidationError(_l("Choose one of the answers."))


def _choice(kind: Any, label: Any, words: Any = None) -> Any:
    choices = [SelectChoice(value, text) for value, text in (words or {}).items()]
    return kind(label, [_known_or_nothing], choices=choices, validate_choice=False)


class SheetForm(ChangeForm):
    """What a team says of its work."""

    title = text_field(_l("Title"), longest=160, required=False)
    message = text_field(_l("The message, in one sentence"), longest=300, required=False)
    abstract = long_text_field(_l("Abstract"), longest=2_000, required=False)
    text_alternative = long_text_field(_l("Text alternative"), longest=5_000, required=False)
    method = long_text_field(_l("Method"), longest=10_000, required=False)
    tools = text_field(_l("Tools"), longest=300, required=False)
    languages = SelectMultipleField(
        _l("Languages of the work"), choices=[SelectChoice(code, name) for code, name in LANGUAGE_NAMES.items()]
    )
    ai_use = _choice(RadioField, _l("Did generative AI have a part in this work?"), AI_WORDS)
    ai_details = long_text_field(_l("What it was used for, and which tools"), longest=2_000, required=False)
    ambitions = SelectMultipleField(_l("Ambitions that the work contributes to"))
    objectives = SelectMultipleField(_l("Objectives that the work contributes to"))
    licence = _choice(SelectField, _l("Licence of the work"))
    consent = _choice(RadioField, _l("May the public see your work once results are published?"), CONSENT_WORDS)

    def __init__(self, entry: Entry) -> None:
        """The form of a draft as it stands."""
        super().__init__(data=vars(sheet_of(entry)))
        self._saved = sheet_of(entry)
        self.licence.choices = [SelectChoice("", _l("Choose a licence"))] + [
            SelectChoice(code, localized(licence.name)) for code, licence in WORK_LICENCES.items()
        ]
        for gap, kind in AIM_KINDS.items():
            self[gap.value].choices = _aim_choices(entry, kind)
        asked = questions_of(entry.edition)
        for name in (answer for each in SheetField if not asked.ask(each) for answer in ANSWERS[each]):
            del self[name]

    def sheet(self) -> Sheet:
        """What was typed; what is not asked stays as it was."""
        answers = {name: self[name].data or type(value)() for name, value in vars(self._saved).items() if name in self}
        tuples = {name: tuple(each) if isinstance(each, list) else each for name, each in answers.items()}
        return Sheet(**(vars(self._saved) | tuples))


def _aim_choices(entry: Entry, kind: AimKind) -> list[SelectChoice]:
    return [SelectChoice(aim.slug, localized(aim.title)) for aim in entry.edition.aims if aim.kind is kind]
