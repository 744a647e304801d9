"""The people of the demo: who can be tried by signing in, and everybody else, without a password."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from hackaviz.accounts.models import Person
from hackaviz.accounts.passwords import hash_password
from hackaviz.accounts.queries import person_by_email
from hackaviz.accounts.service import create_person
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.identifiers import slugify

# Public on purpose: it opens nothing but invented accounts of a demonstration.
PASSWORD = "visite-du-port"  # noqa: S105
HOST = "demo.example"


@dataclass(frozen=True)
class DemoPerson:
    """An account to try the demo with."""

    role: Bilingual
    email: str
    name: str
    language: str = "fr"
    is_administrator: bool = False
    is_steward: bool = False


ADMINISTRATOR = DemoPerson(
    Bilingual("Administration", "Administrator"), f"administration@{HOST}", "Alix Santini", is_administrator=True
)
ORGANISER = DemoPerson(Bilingual("Organisation", "Organiser"), f"organisation@{HOST}", "Camille Estève")
STEWARD = DemoPerson(Bilingual("Catalogue", "Data steward"), f"catalogue@{HOST}", "Noor Vidal", is_steward=True)
CAPTAIN = DemoPerson(Bilingual("Capitaine d’équipe", "Team captain"), f"capitaine@{HOST}", "Alice Montel")
MEMBER = DemoPerson(Bilingual("Membre d’équipe", "Team member"), f"membre@{HOST}", "Sofiane Haddad")
JUROR = DemoPerson(Bilingual("Juge", "Juror"), f"juge@{HOST}", "")
SPONSOR = DemoPerson(Bilingual("Contact d’un sponsor", "Sponsor’s contact"), f"sponsor@{HOST}", "Jo Pastorelli")
# Members of teams whom visitors may sign in as, by the names that the story gives them.
TRIED_MEMBERS = {person.name: person for person in (CAPTAIN, MEMBER)}
ACCOUNTS = (CAPTAIN, MEMBER, JUROR, ORGANISER, SPONSOR, STEWARD, ADMINISTRATOR)


@cache
def _password_hash() -> str:
    return hash_password(PASSWORD)


@dataclass
class Company:
    """Everybody met so far, each created once; `since` is when the accounts were opened."""

    session: Session
    since: datetime
    known: dict[str, Person] = field(default_factory=dict)

    def try_as(self, wanted: DemoPerson, name: str = "") -> Person:
        """A person that visitors may sign in as; `name` where the story names them."""
        person = self._person(wanted.email, name or wanted.name, _password_hash())
        person.is_administrator, person.is_steward = wanted.is_administrator, wanted.is_steward
        return person

    def named(self, name: str, place: str) -> Person:
        """Somebody of the story, at an invented address of their own."""
        return self._person(f"{slugify(name).replace('-', '.')}@{place}.example", name, None)

    def _person(self, email: str, name: str, password_hash: str | None) -> Person:
        person = self.known.get(email) or person_by_email(self.session, email)
        if person is None:
            facts: dict[str, Any] = {"email": email, "name": name, "language": "fr", "password_hash": password_hash}
            person = create_person(self.session, **facts, verified=True, now=self.since)
        self.known[email] = person
        return person


def request_key() -> str:
    """A key such as a form would carry."""
    return secrets.token_hex(12)
