"""Why a source could not be read, in the reader's language: the readers of formats say it in English, with details."""

from flask_babel import lazy_gettext as _l

# By the beginning of what a reader says. The details follow on the page as they are.
_BEGINNINGS = {
    "The file is empty": _l("The file is empty. Nothing was changed. Fetch it again, or give another."),
    "The file is larger": _l(
        "The file is too large for a format that is read as a whole. Nothing was changed. Import it in pages, or ask"
        " the portal for JSON."
    ),
    "The file asks for too much": _l("The file asks for too much. Nothing was changed. Import it in pages."),
    "Reading the file broke off": _l("Reading broke off. Nothing was changed. Fetch the file again, or in pages."),
    "The portal goes on": _l(
        "The portal goes on for too many pages, bytes or minutes. Nothing was changed. Ask it for larger pages, or for"
        " a part of its catalogue."
    ),
    "The portal answered": _l("The portal answered with an error instead of datasets. Nothing was changed."),
    "The CSW answered": _l("The portal answered with an error instead of datasets. Nothing was changed."),
    "This is a list of names": _l(
        "This is a list of names without the datasets themselves. Nothing was changed. Ask the portal for"
        " package_search."
    ),
    "This is a web page": _l(
        "This is a web page that describes no dataset for machines. Nothing was changed. Give the address of the"
        " portal’s API or of its catalogue file."
    ),
    "No column holds titles": _l("No column of this table holds titles. Nothing was changed. Name one titre or title."),
    "The quotes of this table": _l("The quotes of this table make no sense. Nothing was changed. Export it again."),
    "The JSON": _l("The JSON is cut short or broken. Nothing was changed. Fetch the file again."),
    "The XML": _l("The XML is cut short or broken. Nothing was changed. Fetch the file again."),
    "The RDF does not parse": _l("The RDF does not parse. Nothing was changed. Fetch the file again."),
    "This XML declares": _l(
        "This XML declares a document type or entities, which are never read. Nothing was changed."
    ),
    "This JSON-LD takes": _l(
        "This JSON-LD takes its terms from another address, which is never fetched. Nothing was changed. Ask the portal"
        " for Turtle or RDF/XML."
    ),
    "This JSON": _l(
        "This JSON is no catalogue of a format that is read here. Nothing was changed. If you know its format, name it."
    ),
    "This XML": _l(
        "This XML is no catalogue of a format that is read here: RDF (DCAT) or the answer of a CSW. Nothing was"
        " changed."
    ),
}
_OTHERWISE = _l("What came is no catalogue that can be read. Nothing was changed.")


def unreadable_in_words(said: str) -> str:
    """What a reader said, without its details."""
    found = (words for beginning, words in _BEGINNINGS.items() if said.startswith(beginning))
    return str(next(found, _OTHERWISE))
