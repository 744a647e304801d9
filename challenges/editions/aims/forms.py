"""The aims of an edition on one page, with empty lines at the end of each list for more."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, FormField, HiddenField, IntegerField
from wtforms.validators import NumberRange, Optional

from challenges.editions.aims.queries import aims_of
from challenges.editions.aims.rules import MOST_AIMS, AimDetails, AimKind
from challenges.editions.models import Aim, Edition
from hackaviz.web.changing import ChangeForm
from hackaviz.web.forms import Form, bilingual, text_field

BLANK_LINES = 2
FIRST_LINES = 4


class AimForm(Form):
    """One aim; a line without words is left out."""

    class Meta(Form.Meta):
        """The form around it carries the token."""

        csrf = False

    slug = HiddenField()
    order = IntegerField(_l("Place"), [Optional(), NumberRange(1, 99)])
    title_fr = text_field(_l("In French"), longest=240, required=False)
    title_en = text_field(_l("In English"), longest=240, required=False)
    remove = BooleanField(_l("Remove it"))

    @property
    def is_left_out(self) -> bool:
        """Ticked for removal, or never begun."""
        return bool(self.remove.data) or not (self.title_fr.data or self.title_en.data)


class AimsForm(ChangeForm):
    """Both lists."""

    ambitions = FieldList(FormField(AimForm), _l("Ambitions"), max_entries=MOST_AIMS + FIRST_LINES)
    objectives = FieldList(FormField(AimForm), _l("Objectives"), max_entries=MOST_AIMS + FIRST_LINES)

    @classmethod
    def of(cls, edition: Edition) -> "AimsForm":
        """The form of the aims as they stand."""
        ambitions, objectives = (_lines(aims_of(edition, kind)) for kind in AimKind)
        return cls(data={"ambitions": ambitions, "objectives": objectives})

    def details(self) -> dict[str, list[AimDetails]]:
        """What was typed, in the order of the places."""
        return {"ambitions": _details(self.ambitions), "objectives": _details(self.objectives)}


def _lines(aims: Sequence[Aim]) -> list[dict[str, Any]]:
    lines = [
        {"slug": aim.slug, "order": order, "title_fr": aim.title.fr, "title_en": aim.title.en}
        for order, aim in enumerate(aims, start=1)
    ]
    blanks = BLANK_LINES if lines else FIRST_LINES
    return lines + [{"slug": "", "order": len(lines) + extra + 1} for extra in range(blanks)]


def _details(lines: Any) -> list[AimDetails]:
    kept = [line.form for line in lines if not line.form.is_left_out]
    ordered = sorted(kept, key=lambda form: form.order.data or MOST_AIMS)
    return [AimDetails(bilingual(form, "title"), form.slug.data or "") for form in ordered]
