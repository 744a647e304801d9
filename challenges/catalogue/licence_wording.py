"""What a licence asks, in plain words."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from challenges.catalogue.rules import Condition

COMMERCIAL = _l("Yes, even for commercial use.")
NOT_FOR_SALE = _l("Yes, but not for commercial use.")
UNCHANGED = _l("Only unchanged.")
READ_FIRST = _l("Read them on the publisher’s page before you publish.")
CONDITION_WORDS: Mapping[Condition, tuple[str, object, object]] = {
    Condition.NOTHING: ("ok", _l("Yes, for any use."), _l("It asks nothing. Naming the source remains good manners.")),
    Condition.CREDIT: ("ok", COMMERCIAL, _l("Name the source and say what you changed.")),
    Condition.CREDIT_AND_DATE: (
        "ok",
        COMMERCIAL,
        _l("Name the source and the date of its last update."),
    ),
    Condition.SHARE_ALIKE: (
        "ok",
        COMMERCIAL,
        _l("Name the source, and publish what you make of it under the same licence."),
    ),
    Condition.SHARE_DATABASE: (
        "ok",
        COMMERCIAL,
        _l("Name the source. A database derived from it stays under the same licence; an image or a chart is free."),
    ),
    Condition.KEEP_NOTICE: (
        "ok",
        COMMERCIAL,
        _l("Keep the notice of its authors and licence."),
    ),
    Condition.SHARE_CODE: (
        "ok",
        COMMERCIAL,
        _l("Keep the notice. If you change the files themselves, share them under the same licence."),
    ),
    Condition.READ_TERMS: (
        "info",
        _l("Yes, under its own terms."),
        READ_FIRST,
    ),
    Condition.NOT_COMMERCIAL: (
        "warn",
        NOT_FOR_SALE,
        _l("Name the source and say what you changed."),
    ),
    Condition.NOT_COMMERCIAL_ALIKE: (
        "warn",
        NOT_FOR_SALE,
        _l("Name the source, and publish what you make of it under the same licence."),
    ),
    Condition.NOT_CHANGED: (
        "warn",
        UNCHANGED,
        _l("Name the source. A chart or a selection may count as a change: ask the publisher first."),
    ),
    Condition.NOT_COMMERCIAL_NOT_CHANGED: (
        "warn",
        _l("Only unchanged, and not for commercial use."),
        _l("Name the source. A chart or a selection may count as a change: ask the publisher first."),
    ),
    Condition.ASK: (
        "warn",
        _l("We do not know."),
        _l("No licence is stated. Ask the publisher before you publish anything made with it."),
    ),
}
