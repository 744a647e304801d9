"""What the pages and letters of imports say."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from challenges.catalogue.harvest.record import REASONS
from challenges.catalogue.imports.models import CatalogueImport
from challenges.catalogue.imports.rules import Change, ImportState, Rhythm
from challenges.catalogue.imports.unreadable_wording import unreadable_in_words
from challenges.catalogue.rules import licence_of, theme_name
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.language import current_language

Words = dict[Any, Any]

# For each state: how its pill looks, and its words.
STATE_WORDS: Words = {
    ImportState.ASKED: ("now", _l("Being looked at")),
    ImportState.READY: ("now", _l("Waits for your word")),
    ImportState.CONFIRMED: ("now", _l("Being written")),
    ImportState.DONE: ("ok", _l("Imported")),
    ImportState.STOPPED: ("warn", _l("Stopped")),
    ImportState.FAILED: ("bad", _l("Failed")),
    ImportState.SET_ASIDE: ("", _l("Set aside")),
}
CHANGE_WORDS: Words = {
    Change.NEW: _l("New"),
    Change.CHANGED: _l("Changed"),
    Change.GONE: _l("Gone from their source"),
    Change.REJECTED: _l("Rejected"),
}
RHYTHM_WORDS: Words = {
    Rhythm.DAILY: _l("Every night"),
    Rhythm.WEEKLY: _l("Every week"),
    Rhythm.MONTHLY: _l("Every month"),
}
FORMAT_WORDS: Words = {
    "auto": _l("Recognise it"),
    "udata": "udata (data.gouv.fr)",
    "ckan": "CKAN",
    "ods": "Opendatasoft",
    "dcat": "DCAT (RDF/XML, Turtle, JSON-LD)",
    "datapackage": "Data Package (Frictionless)",
    "datajson": "data.json (Project Open Data)",
    "schemaorg": "schema.org, Croissant",
    "csw": "CSW (ISO 19139)",
    "socrata": "Socrata",
    "csv": "CSV",
}
REASON_WORDS: Words = {
    "no-title": _l("It has no title."),
    "no-identifier": _l("It has neither an identifier nor a web address nor a title."),
    "long-identifier": _l("Its identifier is longer than 600 characters."),
    "twice": _l("The same identifier stands earlier in this source: the first record is kept."),
    "not-public": _l("Its source marks it as private, draft or deleted."),
    "not-a-dataset": _l("It is not the description of a dataset."),
    "odd": _l("Its facts do not stand where this format has them."),
    "refused-by-database": _l("The database refused it."),
}
FACT_WORDS: Words = {
    "title": _l("Title"),
    "description": _l("Description"),
    "publisher_name": _l("Publisher"),
    "theme": _l("Theme"),
    "licence": _l("Licence"),
    "licence_as_stated": _l("Licence as the publisher states it"),
    "landing_page": _l("Web page of the dataset"),
    "coverage": _l("Coverage"),
    "period": _l("Period"),
    "keywords": _l("Keywords"),
    "frequency": _l("Promised frequency of updates"),
    "contact": _l("Contact"),
    "bounds": _l("Bounds in degrees"),
    "issued_on": _l("Published on"),
    "modified_on": _l("Updated on"),
    "seen_in": _l("Where it was seen"),
    "links": _l("Links"),
    "vanished_at": _l("Gone from its source since"),
}
FAILURE_WORDS: Words = {
    "address-refused": _l(
        "This address leads inside a private network. Only public hosts are visited. Nothing was changed."
    ),
    "not-web": _l("This is not a web address that can be fetched: http or https, and a host. Nothing was changed."),
    "host-unknown": _l("No host answers to this name. Nothing was changed. Check its spelling, or try again later."),
    "unreachable": _l("The host did not answer, or broke off. Nothing was changed. Try again later."),
    "too-slow": _l("The host took too long. Nothing was changed. Try again later, or ask for smaller pages."),
    "too-many-bytes": _l("The host sent more than is read at once. Nothing was changed. Ask it for smaller pages."),
    "too-many-redirects": _l("The host sends from one address to the next without end. Nothing was changed."),
    "refused-by-host": _l("The host answered with an error. Nothing was changed. Check the address in a browser."),
    "gave-up": _l(
        "The job ended several times without a record more. What is written stays. Ask whoever runs this installation."
    ),
}


def state_pill(this: CatalogueImport) -> tuple[str, str]:
    """How the state of an import looks, and its words."""
    state, words = STATE_WORDS[this.state]
    return state, str(words)


def failure_in_words(this: CatalogueImport) -> str:
    """Why an import failed, what is kept, what to do."""
    if this.failure_code in FAILURE_WORDS:
        return str(FAILURE_WORDS[this.failure_code])
    return unreadable_in_words(this.failure)


def failure_detail(this: CatalogueImport) -> str:
    """What the reader of the format said, in English; for other failures the words say all."""
    return this.failure if this.failure_code in {"unreadable", "refused-by-host"} else ""


def reason_in_words(code: str) -> str:
    """Why a record is rejected."""
    return str(REASON_WORDS.get(code, REASONS.get(code, code)))


def fact_in_words(fact: str) -> str:
    """The name of a fact."""
    return str(FACT_WORDS.get(fact, fact))


def value_in_words(fact: str, value: Any) -> str:
    """A fact as a reader understands it."""
    if not value:
        return _("nothing")
    if fact == "theme":
        return theme_name(value).in_language(current_language())
    if fact == "licence":
        return licence_of(value).name.in_language(current_language())
    if isinstance(value, dict):
        return _both(Bilingual(fr=value.get("fr", ""), en=value.get("en", "")))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _both(text: Bilingual) -> str:
    """A text in the languages it has; once where both are the same."""
    return " · ".join(dict.fromkeys(each for each in (text.fr, text.en) if each))
