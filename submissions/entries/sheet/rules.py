"""What a team writes about its work, and what its edition still asks of it. Pure: plain values in, plain values out."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from challenges.catalogue.rules import LICENCES, Condition, Licence
from challenges.editions.aims.rules import AimKind
from challenges.editions.sheet.rules import Questions, SheetField
from hackaviz.kernel.bilingual import Bilingual

ALL_RIGHTS_RESERVED = "all-rights-reserved"
# What teams may choose from: the licences that readers of works know, the most open first; ODbL is for databases.
WORK_LICENCES: Mapping[str, Licence] = {
    **{code: LICENCES[code] for code in ("cc0", "lov2", "cc-by-4.0", "cc-by-sa-4.0", "odbl")},
    ALL_RIGHTS_RESERVED: Licence(Bilingual(fr="Tous droits réservés", en="All rights reserved"), "", Condition.ASK),
}


class AiUse(StrEnum):
    """Whether generative tools had a part in a work."""

    NONE = "none"
    USED = "used"


class Consent(StrEnum):
    """Whether a team agrees that the public sees its work."""

    GIVEN = "given"
    REFUSED = "refused"


class SheetGap(StrEnum):
    """What a sheet still lacks; each is also the anchor of its field."""

    TITLE = "title"
    MESSAGE = "message"
    ABSTRACT = "abstract"
    TEXT_ALTERNATIVE = "text_alternative"
    METHOD = "method"
    TOOLS = "tools"
    LANGUAGES = "languages"
    AI_USE = "ai_use"
    AI_DETAILS = "ai_details"
    AMBITIONS = "ambitions"
    OBJECTIVES = "objectives"
    LICENCE = "licence"
    CONSENT = "consent"


@dataclass(frozen=True)
class Sheet:
    """What a team writes. Licence, languages and aims are codes; what was not answered is empty."""

    title: str = ""
    message: str = ""
    text_alternative: str = ""
    method: str = ""
    tools: str = ""
    abstract: str = ""
    licence: str = ""
    languages: tuple[str, ...] = ()
    ai_use: str = ""
    ai_details: str = ""
    consent: str = ""
    ambitions: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()


# The answers that a field of the edition stands for.
ANSWERS: Mapping[SheetField, tuple[str, ...]] = {
    **{name: (name.value,) for name in SheetField},
    SheetField.AI_USE: ("ai_use", "ai_details"),
    SheetField.AIMS: ("ambitions", "objectives"),
}

AIM_KINDS: Mapping[SheetGap, AimKind] = {
    SheetGap.AMBITIONS: AimKind.AMBITION,
    SheetGap.OBJECTIVES: AimKind.OBJECTIVE,
}


def sheet_gaps(sheet: Sheet, questions: Questions) -> list[SheetGap]:
    """What hand-in still waits for, in the order of the form."""
    required = {answer for name in SheetField if questions.require(name) for answer in ANSWERS[name]}
    return [gap for gap in SheetGap if gap in required and not _is_answered(gap, sheet, questions)]


def _is_answered(gap: SheetGap, sheet: Sheet, questions: Questions) -> bool:
    if gap is SheetGap.AI_DETAILS and sheet.ai_use != AiUse.USED:
        return True
    if gap in AIM_KINDS and AIM_KINDS[gap] not in questions.aim_kinds:
        return True
    return bool(getattr(sheet, gap))


def agrees_to_be_shown(consent: str, questions: Questions) -> bool:
    """Whether the public may see a work: it was agreed to, or the edition does not ask because its rules decide."""
    return consent == Consent.GIVEN or not questions.ask(SheetField.CONSENT)
