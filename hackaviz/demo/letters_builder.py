"""The letters after the results of a finished demo edition: saved before the day, released with the results."""

from typing import Any

from sqlalchemy.orm import Session

from challenges.editions.models import Edition
from hackaviz.accounts.models import Person
from hackaviz.demo.calendar import DemoCalendar
from hackaviz.kernel.bilingual import Bilingual
from judging.results.letters.rules import Addressees
from judging.results.letters.service import LetterText, release_letters, save_letter

TEXTS = {
    Addressees.WINNERS: LetterText(
        Bilingual("{edition} : {team} reçoit {prize}", "{edition}: {team} receives {prize}"),
        Bilingual(
            "Bonjour {name},\n\nLe jury a décerné {prize} à votre équipe {team} pour « {work} ». Le palmarès "
            "est public :\n{results}\n\nVos notes et les commentaires du jury sont sur la page "
            "de votre équipe :\n{page}\n\n"
            "Courriel inventé pour la démonstration.\n\n{organiser}, {contact}",
            "Hello {name},\n\nThe jury gave {prize} to your team {team} for “{work}”. The results are public:\n"
            "{results}\n\nYour marks and the comments of the jury are on the page of your team:\n{page}\n\n"
            "Letter invented for the demonstration.\n\n{organiser}, {contact}",
        ),
    ),
    Addressees.OTHERS: LetterText(
        Bilingual("{edition} : le palmarès et ce que le jury vous dit", "{edition}: results, and what the jury says"),
        Bilingual(
            "Bonjour {name},\n\nVotre équipe {team} n’a pas de prix cette fois. Le jury a lu « {work} » en entier : "
            "vos notes et ses commentaires sont sur la page de votre équipe :\n{page}\n\nLe palmarès :\n{results}\n\n"
            "Courriel inventé pour la démonstration.\n\n{organiser}, {contact}",
            "Hello {name},\n\nYour team {team} has no prize this time. The jury read “{work}” to the end: your marks "
            "and its comments are on the page of your team:\n{page}\n\nThe results:\n{results}\n\n"
            "Letter invented for the demonstration.\n\n{organiser}, {contact}",
        ),
    ),
}


def release_both_letters(session: Session, edition: Edition, calendar: DemoCalendar, organiser: Person) -> None:
    """A job puts them into the outbox, as it does for any edition whose results are public."""
    for addressees, text in TEXTS.items():
        facts: dict[str, Any] = {"edition": edition, "actor": organiser, "now": calendar.judging_closes}
        save_letter(session, addressees=addressees, text=text, **facts)
    release_letters(session, edition=edition, actor=organiser, now=calendar.results)
