"""What is said of awards, in both languages."""

from collections.abc import Sequence

from flask_babel import gettext as _

from hackaviz.kernel.bilingual import LANGUAGES, Bilingual
from hackaviz.web.language import speaking
from hackaviz.web.templating import money


def shared_places(places: Sequence[int]) -> Bilingual:
    """The name of what an entry won in a tie, by the places whose prizes are pooled."""
    return _in_both(places)


def shared_places_with_sum(places: Sequence[int], cents: int) -> Bilingual:
    """The same with the sum, where nothing else says it."""
    return _in_both(places, cents)


def _in_both(places: Sequence[int], cents: int | None = None) -> Bilingual:
    texts = {}
    for language in LANGUAGES:
        with speaking(language):
            named = _named(places)
            texts[language] = named if cents is None else _("%(places)s: %(sum)s", places=named, sum=money(cents))
    return Bilingual(**texts)


def _named(places: Sequence[int]) -> str:
    ends = {"first": places[0], "last": places[-1]}
    if len(places) == 2:
        return _("Places %(first)s and %(last)s, shared", **ends)
    return _("Places %(first)s to %(last)s, shared", **ends)
