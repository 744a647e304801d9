"""How entries are handed in, as a form: a choice for each field of the sheet, what blocks, which hosts stay live."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice

from challenges.editions.models import Edition
from challenges.editions.registry import edition_registry
from challenges.editions.sheet.queries import questions_of
from challenges.editions.sheet.rules import ALLOWED, Need, SheetField
from challenges.editions.sheet.service import HandInTerms
from challenges.editions.sheet.wording import FIELD_NAMES, FIELD_NOTES, NEED_WORDS
from hackaviz.web.changing import ChangeForm
from hackaviz.web.forms import long_text_field

CHOSEN = tuple(name for name in SheetField if len(ALLOWED[name]) > 1)


class HandInForm(ChangeForm):
    """The fields of the sheet that leave a choice are added below, each under its own name."""

    blocking_checks = SelectMultipleField(_l("Warnings that must be mended before hand-in"))
    live_hosts = long_text_field(_l("Hosts that works may reach while they are shown"), longest=2_000, required=False)

    def __init__(self, edition: Edition) -> None:
        """The form of an edition as it stands."""
        needs: dict[str, Any] = {name.value: need.value for name, need in questions_of(edition).needs.items()}
        super().__init__(
            data=needs
            | {
                "blocking_checks": list(edition.blocking_checks),
                "live_hosts": "\n".join(edition.live_hosts),
            }
        )
        self.blocking_checks.choices = [SelectChoice(code, words) for code, words in edition_registry().checks]

    @property
    def sheet_fields(self) -> list[Any]:
        """The choices about the sheet, in its order."""
        return [self[name.value] for name in CHOSEN]

    def terms(self) -> HandInTerms:
        """What was chosen; what leaves no choice is as it must be."""
        chosen = {name: Need(self[name.value].data) for name in CHOSEN}
        fixed = {name: ALLOWED[name][0] for name in SheetField if name not in chosen}
        return HandInTerms(
            needs={name: {**fixed, **chosen}[name] for name in SheetField},
            blocking_checks=tuple(self.blocking_checks.data or ()),
            live_hosts=tuple(dict.fromkeys((self.live_hosts.data or "").lower().split())),
        )


for each in CHOSEN:
    needs_of_each = [SelectChoice(need.value, NEED_WORDS[need]) for need in ALLOWED[each]]
    choice = SelectField(FIELD_NAMES[each], choices=needs_of_each, description=FIELD_NOTES.get(each, ""))
    setattr(HandInForm, each.value, choice)
