"""What an edition asks teams to say of their works: the fields of the sheet, and how much each is needed. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from flask_babel import lazy_gettext as _l

from hackaviz.kernel.errors import Invalid


class Need(StrEnum):
    """Whether a field is asked, and whether hand-in waits for it."""

    HIDDEN = "hidden"
    OPTIONAL = "optional"
    REQUIRED = "required"


class SheetField(StrEnum):
    """What a sheet may hold, in the order in which it is asked."""

    TITLE = "title"
    MESSAGE = "message"
    ABSTRACT = "abstract"
    TEXT_ALTERNATIVE = "text_alternative"
    METHOD = "method"
    TOOLS = "tools"
    LANGUAGES = "languages"
    AI_USE = "ai_use"
    AIMS = "aims"
    LICENCE = "licence"
    CONSENT = "consent"


ANY = tuple(Need)
# A work without a title has no page; one without message or alternative can be shown all the same. A consent that may
# stay unsaid would say nothing.
ALLOWED: Mapping[SheetField, tuple[Need, ...]] = {
    **dict.fromkeys(SheetField, ANY),
    SheetField.TITLE: (Need.REQUIRED,),
    SheetField.MESSAGE: (Need.OPTIONAL, Need.REQUIRED),
    SheetField.TEXT_ALTERNATIVE: (Need.OPTIONAL, Need.REQUIRED),
    SheetField.CONSENT: (Need.HIDDEN, Need.REQUIRED),
}
ALWAYS = frozenset({SheetField.TITLE, SheetField.MESSAGE, SheetField.TEXT_ALTERNATIVE})
# What a new edition starts from.
RECOMMENDED: Mapping[SheetField, Need] = {
    **dict.fromkeys(SheetField, Need.OPTIONAL),
    **dict.fromkeys(ALWAYS, Need.REQUIRED),
    SheetField.AI_USE: Need.REQUIRED,
    SheetField.AIMS: Need.REQUIRED,
    SheetField.LICENCE: Need.REQUIRED,
    SheetField.CONSENT: Need.REQUIRED,
}
# An edition whose organisers chose nothing: no team that is ready to hand in is asked for more.
UNCHOSEN: Mapping[SheetField, Need] = {
    **dict.fromkeys(SheetField, Need.OPTIONAL),
    **dict.fromkeys(ALWAYS, Need.REQUIRED),
    SheetField.CONSENT: Need.HIDDEN,
}


@dataclass(frozen=True)
class Questions:
    """What the sheet of an edition asks. `aim_kinds` are the kinds of aims that it declares, by name."""

    needs: Mapping[SheetField, Need] = field(default_factory=lambda: UNCHOSEN)
    aim_kinds: frozenset[str] = frozenset()

    def ask(self, name: SheetField) -> bool:
        """Whether a field is on the sheet: aims only where the edition declares some."""
        is_there = name is not SheetField.AIMS or bool(self.aim_kinds)
        return is_there and self.needs[name] is not Need.HIDDEN

    def require(self, name: SheetField) -> bool:
        """Whether hand-in waits for a field."""
        return self.ask(name) and self.needs[name] is Need.REQUIRED


def questions(chosen: Mapping[str, str] | None, aim_kinds: Iterable[str] = ()) -> Questions:
    """The questions from what organisers chose; a field that they never heard of is as if unchosen."""
    known = {SheetField(name): Need(need) for name, need in (chosen or {}).items() if name in list(SheetField)}
    return Questions({**UNCHOSEN, **known}, frozenset(aim_kinds))


def check_needs(chosen: Mapping[SheetField, Need]) -> None:
    """Raise Invalid, naming the field, for a need that it may not have."""
    for name, need in chosen.items():
        if need not in ALLOWED[name]:
            raise Invalid(_l("This field cannot be left out."), field=name.value)
