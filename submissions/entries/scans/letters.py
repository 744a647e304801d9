"""What a team is told when the antivirus finds something in what it sent before."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from hackaviz.web.letters import write_letter
from submissions.entries.deadlines import closing_of
from submissions.entries.models import Entry


def write_infected(session: Session, *, entry: Entry, file: str, occasion: str, signature: str, now: datetime) -> None:
    """A letter to every member; `occasion` names the file for good, so that each is written once."""
    facts: dict[str, Any] = {"entry": entry, "edition": entry.edition, "closing": closing_of(entry), "decided_at": now}
    for member in entry.team.members:
        person = member.person
        to = {"recipient": person.email, "language": person.language}
        key = f"infected/{occasion}/{person.public_id}"
        told: dict[str, Any] = {"person": person, "file": file, "signature": signature}
        write_letter(session, "infected", now=now, unique_key=key, **to, **told, **facts)
