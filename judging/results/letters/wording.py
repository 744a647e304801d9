"""What a letter says until an organiser writes it anew, and the words that stand in for {…}."""

from collections.abc import Callable, Mapping

from flask_babel import gettext as _

from challenges.editions.models import Edition
from hackaviz.kernel.bilingual import LANGUAGES, Bilingual
from hackaviz.web.language import current_language, speaking
from hackaviz.web.letters import page_url
from judging.results.letters.queries import Addressee
from judging.results.letters.rules import Addressees


def first_subject(addressees: Addressees) -> Bilingual:
    """The subject that an organiser starts from."""
    return _in_both(lambda: _winners_subject() if addressees is Addressees.WINNERS else _others_subject())


def first_body(addressees: Addressees) -> Bilingual:
    """The text that an organiser starts from."""
    return _in_both(lambda: _winners_body() if addressees is Addressees.WINNERS else _others_body())


def _in_both(say: Callable[[], str]) -> Bilingual:
    texts = {}
    for language in LANGUAGES:
        with speaking(language):
            texts[language] = say()
    return Bilingual(**texts)


def _winners_subject() -> str:
    return _("{edition}: your work “{work}” has won a prize")


def _others_subject() -> str:
    return _("{edition}: the results are public")


def _winners_body() -> str:
    return _(
        "Hello {name},\n\nThe jury has decided: “{work}”, by the team {team}, has won {prize}. Congratulations.\n\n"
        "The award letter, your certificate and the jury’s comments are on the page of your team:\n{page}\n\n"
        "All results: {results}\n\nQuestions: {contact}\n\n{organiser}"
    )


def _others_body() -> str:
    return _(
        "Hello {name},\n\nThe results of {edition} are public. “{work}”, by the team {team}, did not win a prize this "
        "time. Thank you for it: it stays in the gallery, and the jury’s comments are on the page of your team:\n"
        "{page}\n\nYour certificate is there too. All results: {results}\n\nQuestions: {contact}\n\n{organiser}"
    )


def words_for(addressee: Addressee, edition: Edition) -> Mapping[str, str]:
    """What stands in for the words of a letter, in the language that is being spoken."""
    language, told = current_language(), addressee.told
    return {
        "name": addressee.person.name,
        "team": told.team,
        "work": told.title,
        "prize": ", ".join(prize.in_language(language) for prize in told.prizes),
        "edition": edition.title.in_language(language),
        "results": page_url("results.results", edition_slug=edition.slug),
        "page": page_url("teams.my_team", edition_slug=edition.slug),
        "contact": edition.contact_email,
        "organiser": edition.organiser_name,
    }
