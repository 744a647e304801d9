"""Names of what changed between two versions, in the page's language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from hackaviz.kernel.bilingual import Bilingual
from hackaviz.web.templating import localized
from submissions.entries.sheet.wording import ai_in_words, languages_in_words, licence_link
from submissions.entries.versions.rules import ChangedText

TEXT_NAMES: Mapping[str, Any] = {
    "title": _l("Title"),
    "message": _l("Message"),
    "abstract": _l("Abstract"),
    "text_alternative": _l("Text alternative"),
    "method": _l("Method"),
    "tools": _l("Tools"),
    "licence": _l("Licence"),
    "languages": _l("Languages"),
    "ai_use": _l("Generative AI"),
    "ai_details": _l("Generative AI, in detail"),
    "consent": _l("Consent to publish"),
    "aims": _l("Ambitions and objectives"),
}


IN_WORDS: Mapping[str, Callable[[Any], Any]] = {
    "languages": languages_in_words,
    "licence": licence_link,
    "ai_use": lambda use: ai_in_words({"ai_use": use}),
    "consent": lambda consent: _("given") if consent == "given" else _("refused"),
    "aims": lambda aims: _("; ").join(localized(Bilingual(**aim["title"])) for aim in aims),
}


def texts_in_words(changes: Iterable[ChangedText]) -> list[ChangedText]:
    """Changed texts with the names and values that people read."""
    words = ((each, str(TEXT_NAMES.get(each.name, each.name))) for each in changes)
    return [ChangedText(name, _words(each.name, each.before), _words(each.name, each.after)) for each, name in words]


def _words(name: str, value: Any) -> Any:
    if not value:
        return _("nothing")
    return IN_WORDS[name](value) if name in IN_WORDS else value


def dataset_titles(*manifests: Mapping[str, Any]) -> dict[str, str]:
    """The titles of the datasets that manifests cite, by slug."""
    cited: Sequence[Any] = [each for manifest in manifests for each in manifest.get("citations", [])]
    return {each["dataset"]: localized(Bilingual(**each["title"])) for each in cited}
