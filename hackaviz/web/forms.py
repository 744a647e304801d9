"""The base of every form: cleaned text, pairs of languages, local date-times, amounts of money."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, Field, FloatField, HiddenField, StringField, TextAreaField
from wtforms.form import BaseForm
from wtforms.validators import DataRequired, InputRequired, Length, StopValidation, ValidationError
from wtforms.widgets import TextInput

from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.errors import Conflict, Invalid
from hackaviz.kernel.identifiers import new_public_id
from hackaviz.kernel.money import decimal_text, parse_amount
from hackaviz.kernel.unseen import without_unseen
from hackaviz.web.database import refuse
from hackaviz.web.language import current_language

REQUIRED = _l("This field is needed.")


def strip(value: Any) -> Any:
    """Typed text as people see it, without the spaces around it, with one kind of line end (browsers send two)."""
    return without_unseen(value).strip().replace("\r\n", "\n") if isinstance(value, str) else value


class Form(FlaskForm):
    """A form whose refusals by the domain can be shown beside the field they belong to."""

    class Meta(FlaskForm.Meta):
        """Strip every text field."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Add the stripping filter before the field's own."""
            if issubclass(unbound_field.field_class, StringField):
                filters = [*unbound_field.kwargs.get("filters", []), strip]
                unbound_field = unbound_field.__class__(
                    unbound_field.field_class, *unbound_field.args, **{**unbound_field.kwargs, "filters": filters}
                )
            return super().bind_field(form, unbound_field, options)

    refused_status = 422

    def refuse(self, error: Invalid) -> None:
        """Show a rule's refusal beside its field, or above the form when it names none."""
        self.refused_status = error.status
        field = self._fields.get(error.field or "")
        if field is None:
            self.form_errors.append(str(error))
        else:
            field.errors = [*field.errors, str(error)]

    def accepts(self, verb: Callable[[], Any]) -> bool:
        """Validate, then call the verb; False when the form or a rule refused, with the reasons in the form."""
        if not self.validate_on_submit():
            return False
        try:
            verb()
        except Invalid as error:
            refuse()
            self.refuse(error)
            return False
        return True

    @property
    def status(self) -> int:
        """The HTTP status of a page that shows this form: the refusal's own, usually 422, when it has been refused."""
        return self.refused_status if self.errors or self.form_errors else 200


def told_in_form(verb: Callable[[], Any]) -> Callable[[], Any]:
    """The verb, for `Form.accepts`: where others were first, the form says so with all that was typed."""

    def told() -> Any:
        try:
            return verb()
        except Conflict as conflict:
            refusal = Invalid(conflict.message)
            refusal.status = conflict.status
            raise refusal from conflict

    return told


LARGEST_CENTS = 10**12


class AmountField(StringField):
    """An amount in euros as people type it; `data` is integer cents."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Cents from the typed text."""
        typed = valuelist[0] if valuelist else ""
        if not typed.strip():
            self.data = None
            return
        self.data = None
        try:
            cents = parse_amount(typed)
        except ValueError as error:
            raise ValueError(str(_l("This is not an amount. Write it like 1500 or 1500.50."))) from error
        if cents > LARGEST_CENTS:
            raise ValueError(str(_l("This is more than ten billion euros. Check the amount.")))
        self.data = cents

    def pre_validate(self, form: BaseForm) -> None:
        """What is no amount is not called too small as well."""
        if self.process_errors:
            raise StopValidation

    def _value(self) -> str:
        if self.raw_data and self.raw_data[0]:
            return str(self.raw_data[0])
        return _as_typed(self.data) if self.data is not None else ""


class DecimalNumberField(FloatField):
    """A number as people type it: a comma may stand for the point."""

    # Not a number input: it shows nothing for a comma.
    widget = TextInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        super().process_formdata([str(value).replace(",", ".") for value in valuelist])


def _as_typed(cents: int) -> str:
    plain = decimal_text(cents)
    return plain.replace(".", ",") if current_language() == "fr" else plain


class RequestKeyField(HiddenField):
    """A key made when the form is shown: the same form sent twice counts once."""

    def __init__(self, label: str | None = None, validators: Any = None, **kwargs: Any) -> None:
        super().__init__(label, [InputRequired(), Length(max=60)], default=new_public_id, **kwargs)


def text_field(label: Any, *, longest: int = 200, required: bool = True, **kwargs: Any) -> Any:
    """A line of text."""
    return StringField(label, _validators(longest, required), **kwargs)


def long_text_field(label: Any, *, longest: int = 20_000, required: bool = True, **kwargs: Any) -> Any:
    """Several lines of text."""
    return TextAreaField(label, _validators(longest, required), **kwargs)


def moment_field(label: Any, **kwargs: Any) -> Any:
    """A date and time as people read it in the edition's zone; turn it into an instant with `instant`."""
    message = _l("Choose a date and a time.")
    return DateTimeLocalField(label, [InputRequired(message)], format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **kwargs)


def _validators(longest: int, required: bool) -> list[Any]:
    # Optional() would end the checks of an empty text, those of its own form included.
    return [*([DataRequired(REQUIRED)] if required else []), Length(max=longest)]


def bilingual(form: Any, name: str) -> Bilingual:
    """The text of the pair of fields `name_fr` and `name_en`."""
    return Bilingual(fr=getattr(form, f"{name}_fr").data or "", en=getattr(form, f"{name}_en").data or "")


def in_one_language_at_least(form: Any, field: Field) -> None:
    """Validator for `name_fr`: the text is needed in one language."""
    other = form[field.short_name.removesuffix("_fr") + "_en"]
    if not (field.data or "").strip() and not (other.data or "").strip():
        raise ValidationError(_l("Write this text in French or in English."))


def instant(local: datetime, zone: str) -> datetime:
    """The UTC instant of a local date and time. Raises Invalid for an hour that a change of clocks skips."""
    moment = local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != local:
        raise Invalid(_l("This hour does not exist on that day: clocks go forward. Choose another."))
    return moment


def local(moment: datetime, zone: str) -> datetime:
    """What a form shows of an instant: naive, in the zone."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
