"""The sheet of a work in words: answers of lists, what is missing, and the rows that pages show of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.templating import localized
from submissions.entries.sheet.rules import WORK_LICENCES, AiUse, Consent, SheetGap

LANGUAGE_NAMES = {
    "fr": _l("French"),
    "en": _l("English"),
    "it": _l("Italian"),
    "es": _l("Spanish"),
    "de": _l("German"),
    "pt": _l("Portuguese"),
    "ar": _l("Arabic"),
    "oc": _l("Occitan"),
    "zxx": _l("No words: the work speaks without"),
}
AI_WORDS = {
    AiUse.NONE: _l("No generative AI had a part in this work"),
    AiUse.USED: _l("Generative AI had a part, described below"),
}
CONSENT_WORDS = {
    Consent.GIVEN: _l("We agree: the public may see our work, with our names, under the licence above"),
    Consent.REFUSED: _l("We do not agree: the jury judges our work, and the public does not see it"),
}
GAP_WORDS: dict[Any, Any] = {
    SheetGap.TITLE: _l("a title"),
    SheetGap.MESSAGE: _l("the message in one sentence"),
    SheetGap.ABSTRACT: _l("the abstract"),
    SheetGap.TEXT_ALTERNATIVE: _l("the text alternative"),
    SheetGap.METHOD: _l("the method"),
    SheetGap.TOOLS: _l("the tools"),
    SheetGap.LANGUAGES: _l("the languages of the work"),
    SheetGap.AI_USE: _l("whether generative AI had a part"),
    SheetGap.AI_DETAILS: _l("what generative AI was used for"),
    SheetGap.AMBITIONS: _l("an ambition that the work contributes to"),
    SheetGap.OBJECTIVES: _l("an objective that the work contributes to"),
    SheetGap.LICENCE: _l("the licence"),
    SheetGap.CONSENT: _l("your answer about publication"),
}


def licence_link(code: str) -> Markup | str:
    """The name of a licence, linked to its text where it has one; nothing for none."""
    licence = WORK_LICENCES.get(code)
    if licence is None:
        return ""
    name = localized(licence.name)
    return Markup('<a href="{}" rel="license">{}</a>').format(licence.url, name) if licence.url else name


def languages_in_words(codes: Sequence[str]) -> str:
    """The languages of a work."""
    return ", ".join(str(LANGUAGE_NAMES.get(code, code)) for code in codes)


def ai_in_words(sheet: Mapping[str, Any]) -> str:
    """Whether and how generative AI was used; nothing where the team was not asked."""
    if sheet.get("ai_use") == AiUse.USED:
        return sheet.get("ai_details") or _("used, without details")
    return _("none") if sheet.get("ai_use") == AiUse.NONE else ""


def aims_in_words(sheet: Mapping[str, Any], kind: str) -> list[str]:
    """The aims of a kind that a handed-in work contributes to, as they were called then."""
    return [localized(Bilingual(**aim["title"])) for aim in sheet.get("aims", []) if aim["kind"] == kind]


def sheet_rows(sheet: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What a frozen sheet says beyond the title, as rows of a table of facts; what is not said is left out."""
    rows = [
        (_("Message"), sheet.get("message")),
        (_("Abstract"), sheet.get("abstract")),
        (_("Text alternative"), sheet.get("text_alternative")),
        (_("Method"), sheet.get("method")),
        *sheet_facts(sheet),
        (_("Ambitions"), _("; ").join(aims_in_words(sheet, "ambition"))),
        (_("Objectives"), _("; ").join(aims_in_words(sheet, "objective"))),
        (_("Consent to publish"), _consent_in_words(sheet.get("consent"))),
    ]
    return [(name, value) for name, value in rows if value]


def sheet_facts(sheet: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """The short facts of a sheet that stand beside a work."""
    rows: list[tuple[str, Any]] = [
        (_("Tools"), sheet.get("tools")),
        (_("Languages"), languages_in_words(sheet.get("languages", []))),
        (_("Generative AI"), ai_in_words(sheet)),
        (_("Licence"), licence_link(sheet.get("licence", "")) or _("none stated: all rights stay with the team")),
    ]
    return [(name, value) for name, value in rows if value]


def _consent_in_words(consent: str | None) -> str:
    return {Consent.GIVEN: _("given"), Consent.REFUSED: _("refused")}.get(Consent(consent), "") if consent else ""
