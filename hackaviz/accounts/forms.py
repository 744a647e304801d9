"""The forms of accounts."""

from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from hackaviz.accounts.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD, normalise_email
from hackaviz.web.forms import REQUIRED, Form, long_text_field, text_field

LANGUAGE_NAMES = [SelectChoice("fr", "français"), SelectChoice("en", "English")]


def normalised(value: str | None) -> str | None:
    """A typed address in its one spelling."""
    return normalise_email(value) if value else value


def deliverable(_form: Form, field: Any) -> None:
    """Validator: an address that letters can be sent to."""
    try:
        validate_email(field.data, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValidationError(_l("This is not an e-mail address. Write it like name@example.org.")) from error


def email_field() -> Any:
    """An address, normalised."""
    validators = [InputRequired(REQUIRED), Length(max=320), deliverable]
    return StringField(_l("E-mail address"), validators, filters=[normalised])


def current_password_field(label: Any) -> Any:
    """A password that somebody has."""
    return PasswordField(label, [InputRequired(REQUIRED), Length(max=LONGEST_PASSWORD)])


def new_password_field(label: Any) -> Any:
    """A password to choose."""
    long_enough = Length(
        min=SHORTEST_PASSWORD,
        max=LONGEST_PASSWORD,
        message=_l("Choose a password of %(min)d characters or more (and %(max)d at most)."),
    )
    return PasswordField(label, [InputRequired(REQUIRED), long_enough])


class SignInForm(Form):
    """Who is there. `next` is where to go then; `typed` a sealed form to be sent again."""

    email = StringField(_l("E-mail address"), [InputRequired(REQUIRED), Length(max=320)])
    password = current_password_field(_l("Password"))
    next = HiddenField()
    typed = HiddenField()


class SignUpForm(Form):
    """A new account."""

    name = text_field(_l("Your name"), longest=120)
    email = email_field()
    password = new_password_field(_l("Password"))
    language = RadioField(_l("Language of pages and letters"), choices=LANGUAGE_NAMES)
    next = HiddenField()


class JoinForm(Form):
    """A new account for an invited address."""

    name = text_field(_l("Your name"), longest=120)
    password = new_password_field(_l("Password"))
    language = RadioField(_l("Language of pages and letters"), choices=LANGUAGE_NAMES)


class DeclineForm(Form):
    """An invitation is declined; nobody has to say why."""

    reason = long_text_field(_l("A word why, if you like"), longest=500, required=False)


class ForgottenPasswordForm(Form):
    """Which account needs a new password."""

    email = email_field()


class ChoosePasswordForm(Form):
    """A new password, by a link."""

    password = new_password_field(_l("New password"))


class DetailsForm(Form):
    """What people may change of their account."""

    name = text_field(_l("Your name"), longest=120)
    language = RadioField(_l("Language of pages and letters"), choices=LANGUAGE_NAMES)


class ChangePasswordForm(Form):
    """A new password, by the current one."""

    current_password = current_password_field(_l("Current password"))
    new_password = new_password_field(_l("New password"))


class CloseAccountForm(Form):
    """A last check before an account is closed."""

    current_password = current_password_field(_l("Current password"))


class RightForm(Form):
    """One right, given or taken."""

    right = RadioField(choices=["administrator", "steward"])
    given = RadioField(choices=["yes", "no"])
