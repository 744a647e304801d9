"""Changes of a dataset in the reader's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from challenges.catalogue.following.rules import Change, ChangeKind
from challenges.catalogue.models import Dataset
from challenges.catalogue.rules import licence_of
from hackaviz.web.language import current_language

SENTENCES = {
    ChangeKind.VANISHED: _l("Its source no longer lists it. It stays in our catalogue for the works that use it."),
    ChangeKind.LISTED_AGAIN: _l("Its source lists it again."),
    ChangeKind.LINK_DEAD: _l("Its link no longer answers."),
    ChangeKind.LINK_ANSWERS: _l("Its link answers."),
    ChangeKind.NEW_FILE: _l("New: %(names)s"),
    ChangeKind.FILE_CHANGED: _l("Other data in: %(names)s"),
    ChangeKind.FILE_GONE: _l("No longer offered: %(names)s"),
    ChangeKind.DATA_CHANGED: _l("Its publisher has brought the data up to date."),
}


def change_in_words(change: Change, dataset: Dataset) -> str:
    """One line of the letter."""
    if change.kind is ChangeKind.LICENCE:
        licence = licence_of(dataset.licence)
        name = licence.name.in_language(current_language()) if licence.is_known else _("not stated")
        return _("Its licence is now: %(licence)s. Read whether your use still holds.", licence=name)
    return str(SENTENCES[change.kind]) % {"names": ", ".join(change.names)}
