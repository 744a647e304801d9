"""Forms of what several people may change: each remembers what it showed, so that nobody's work is replaced unseen."""

import hashlib
from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField

from hackaviz.kernel.database import lock_row
from hackaviz.kernel.errors import Invalid
from hackaviz.web.database import SAFE_METHODS, current_session
from hackaviz.web.forms import Form

DIGEST_CHARACTERS = 12
NOT_COMPARED = frozenset({"seen", "csrf_token"})


class ChangedMeanwhile(Invalid):
    """Somebody else saved the same thing after this form was opened."""

    code = "changed-meanwhile"

    def __init__(self) -> None:
        super().__init__(
            _l(
                "Somebody else has saved changes since you opened this page: they are shown below. What you typed is "
                "kept here. Save again to put yours in its place."
            )
        )


def hold(row: Any) -> None:
    """Where a request changes something, lock a row and read it again before a form is made from it."""
    if request.method not in SAFE_METHODS:
        lock_row(current_session(), row)


class ChangeForm(Form):
    """A form made from what is saved (`hold` the row first). It refuses once when that changed since it was shown.

    A form that comes without its memory, as from a program, is taken as it is; one for a new thing `remembers` nothing.
    """

    seen = HiddenField()

    def __init__(self, *args: Any, remembers: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.saved_meanwhile: list[tuple[str, str]] = []
        self._remembers = remembers
        if remembers and not self.is_submitted():
            self.seen.data = self._memory()

    def accepts(self, verb: Callable[[], Any]) -> bool:
        """As every form, unless somebody else has changed what the writer would replace."""
        return super().accepts(lambda: self._unless_changed(verb))

    def _unless_changed(self, verb: Callable[[], Any]) -> None:
        changed = self._changed_meanwhile() if self._remembers else []
        if changed:
            # Whoever saves again has seen what the other wrote: it is on the page.
            self.seen.data = self._memory()
            self.saved_meanwhile = [(str(field.label.text), saved_words(field)) for field in changed]
            raise ChangedMeanwhile
        verb()

    def _changed_meanwhile(self) -> list[Field]:
        seen = dict(each.split("=", 1) for each in (self.seen.data or "").split() if "=" in each)
        return [
            field
            for field in self._compared()
            if seen.get(field.name, saved := _digest(field.object_data)) != saved and _digest(field.data) != saved
        ]

    def _memory(self) -> str:
        return " ".join(f"{field.name}={_digest(field.object_data)}" for field in self._compared())

    def _compared(self) -> list[Field]:
        return [field for field in self if field.name not in NOT_COMPARED]


def saved_words(field: Field) -> str:
    """What is saved of a field, as a person reads it."""
    value = field.object_data
    if value in (None, "", [], ()):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if hasattr(field, "iter_choices"):
        chosen = {str(each) for each in (value if isinstance(value, list | tuple | set) else [value])}
        return ", ".join(str(choice.label) for choice in field.iter_choices() if str(choice.value) in chosen)
    if isinstance(value, list | tuple):
        return "\n".join(_line(each) for each in value)
    return _as_written(field, value)


def _as_written(field: Field, value: Any) -> str:
    """What the control would show of a value, in the field's own way of writing."""
    typed = field.data, field.raw_data
    field.data, field.raw_data = value, None
    try:
        return str(field._value())  # noqa: SLF001 — what WTForms itself writes into the control
    finally:
        field.data, field.raw_data = typed


def _line(row: Any) -> str:
    return " · ".join(str(each) for each in row.values() if each) if isinstance(row, dict) else str(row)


def _digest(value: Any) -> str:
    """A short mark of a value; nothing typed and nothing saved are the same."""
    if isinstance(value, list | tuple | set):
        value = sorted(str(each) for each in value)
    return hashlib.sha256(str(value or "").strip().encode()).hexdigest()[:DIGEST_CHARACTERS]
