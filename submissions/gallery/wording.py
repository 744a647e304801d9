"""Words for the filters and orders of the gallery, in the page's language."""

from flask_babel import gettext as _

from submissions.gallery.browsing import (
    AWARD,
    AWARDED,
    BY_TEAM,
    BY_TITLE,
    CHALLENGE,
    DATASET,
    KIND,
    LATEST,
    SCHOOL,
    TOOL,
)


def facet_words() -> dict[str, str]:
    """The legend of each facet."""
    return {
        CHALLENGE: _("Challenge"),
        DATASET: _("Dataset"),
        SCHOOL: _("School"),
        KIND: _("Kind"),
        TOOL: _("Tool"),
        AWARD: _("Prize"),
    }


def sort_words() -> list[tuple[str, str]]:
    """The orders that a reader may choose."""
    return [
        (AWARDED, _("Prizes first")),
        (LATEST, _("Last handed in first")),
        (BY_TITLE, _("By title")),
        (BY_TEAM, _("By team")),
    ]
