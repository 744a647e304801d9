"""Forms about money: what people type in them holds no bank details, since none are stored here."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Field, FileField, HiddenField, StringField
from wtforms.validators import ValidationError

from hackaviz.kernel.bank_details import holds_bank_details
from hackaviz.web.forms import AmountField


class NoBankDetails:
    """Put before the class of a form: refuses bank details in each of its texts, and in the names of its files."""

    _fields: Mapping[str, Field]

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Ask each text, after its own checks."""
        asked = {
            name: [*(extra_validators or {}).get(name, ()), _refuse] for name in self._fields if self._is_text(name)
        }
        told: bool = super().validate({**(extra_validators or {}), **asked})  # type: ignore[misc]
        return told

    def _is_text(self, name: str) -> bool:
        field = self._fields[name]
        return isinstance(field, StringField | FileField) and not isinstance(field, AmountField | HiddenField)


def _refuse(_form: Any, field: Field) -> None:
    text = field.data if isinstance(field.data, str) else getattr(field.data, "filename", None)
    if text and holds_bank_details(text):
        raise ValidationError(
            _l(
                "There is the number of an account or of a card in this. None are kept here: others could read it, for "
                "ever. Write the reference of the transfer or of the invoice instead."
            )
        )
