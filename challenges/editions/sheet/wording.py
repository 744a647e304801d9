"""Names of the fields of a sheet, and of how much each is needed."""

from flask_babel import lazy_gettext as _l

from challenges.editions.sheet.rules import Need, SheetField

FIELD_NAMES = {
    SheetField.TITLE: _l("Title"),
    SheetField.MESSAGE: _l("The message, in one sentence"),
    SheetField.ABSTRACT: _l("Abstract"),
    SheetField.TEXT_ALTERNATIVE: _l("Text alternative"),
    SheetField.METHOD: _l("Method"),
    SheetField.TOOLS: _l("Tools"),
    SheetField.LANGUAGES: _l("Languages of the work"),
    SheetField.AI_USE: _l("Use of generative AI"),
    SheetField.AIMS: _l("Ambitions and objectives"),
    SheetField.LICENCE: _l("Licence"),
    SheetField.CONSENT: _l("Consent to publish"),
}
FIELD_NOTES = {
    SheetField.TITLE: _l("Every work has one."),
    SheetField.TEXT_ALTERNATIVE: _l("It is the work of those who cannot see it. Recommended as needed."),
    SheetField.AI_USE: _l("Whether tools such as chatbots or image generators had a part, and which."),
    SheetField.AIMS: _l("Asked once this edition declares some. Listing is refused without one of each."),
    SheetField.LICENCE: _l("What others may do with the work."),
    SheetField.CONSENT: _l(
        "Where it is asked, a team that refuses is judged like the others, and its work stays out of the gallery. "
        "Where it is not asked, your rules must say that works are published."
    ),
}
NEED_WORDS = {
    Need.HIDDEN: _l("Not asked"),
    Need.OPTIONAL: _l("Asked, may stay empty"),
    Need.REQUIRED: _l("Needed to hand in"),
}
