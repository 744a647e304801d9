"""500 certificates in both languages, made by the job as it makes them: drawn, stored, noted."""

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from challenges.briefs.models import Challenge
from challenges.editions.models import Edition, RulesVersion, Visibility
from hackaviz.accounts.models import Person
from hackaviz.factory import create_app
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.jobs import transactions
from hackaviz.kernel.migrate import upgrade
from hackaviz.kernel.storage import open_storage
from hackaviz.settings import Settings
from hackaviz.web.database import sessions
from judging.results.certificates.models import Certificate
from judging.results.certificates.service import make_due_certificates
from judging.results.models import Publication
from submissions.entries.models import Entry
from submissions.teams.models import Team

CERTIFICATES, TEAM_SIZE = 500, 5
NOW = datetime(2026, 1, 5, tzinfo=UTC)
DATES = (
    "registration_opens_at registration_closes_at submission_opens_at submission_closes_at judging_opens_at "
    "judging_closes_at results_expected_at created_at"
).split()


def main() -> None:
    """Print how long they take, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'certificates.sqlite'}"
        upgrade(url)
        app = create_app(Settings.from_env({"HACKAVIZ_DATABASE_URL": url, "HACKAVIZ_SECRET_KEY": "x" * 40}))
        with app.app_context():
            _measure(app, f"file://{folder}/storage")


def _measure(_app: Flask, storage_url: str) -> None:
    transaction, storage = transactions(sessions().writing), open_storage(storage_url)
    with transaction() as session:
        _ask(session)
    started = time.perf_counter()
    while make_due_certificates(transaction, NOW, storage=storage):
        pass
    seconds = time.perf_counter() - started
    print(f"certificates: {CERTIFICATES} in two languages in {seconds:.1f} s")


def _ask(session: Session) -> None:
    edition, challenge = _edition(session)
    entries = []
    for number in range(CERTIFICATES // TEAM_SIZE):
        team = Team(edition=edition, name=f"Team {number}", folded_name=f"team {number}", created_at=NOW)
        texts = {"title": f"Work {number}", "created_at": NOW, "updated_at": NOW}
        entries.append(Entry(edition=edition, challenge=challenge, team=team, number=number, **texts))
    session.add_all(entries)
    session.flush()
    publication = Publication(edition=edition, number=1, public_at=NOW, prepared_at=NOW, snapshot_sha256="0" * 64)
    publication.snapshot = _snapshot(challenge, entries)
    for number in range(CERTIFICATES):
        person = Person(email=f"{number}@example.org", name=f"Person {number}", language="fr", created_at=NOW)
        told = {"publication": publication, "entry": entries[number // TEAM_SIZE]}
        session.add(Certificate(person=person, asked_at=NOW, files={}, **told))


def _edition(session: Session) -> tuple[Edition, Challenge]:
    moments: dict[str, Any] = {name: NOW.replace(day=day) for day, name in enumerate(DATES, start=6)}
    moments["submission_opens_at"] = moments["registration_opens_at"]
    texts = dict.fromkeys(("title", "tagline", "description"), Bilingual("Un concours", "A contest"))
    who = {"organiser_name": "x", "contact_email": "x@example.org", "time_zone": "UTC", "slug": "bench"}
    edition = Edition(**who, **texts, **moments, visibility=Visibility.DRAFT)
    session.add(RulesVersion(edition=edition, number=1, text=Bilingual("x", "x"), published_at=NOW))
    brief = dict.fromkeys(("title", "question", "brief"), Bilingual("Un défi", "A challenge"))
    challenge = Challenge(edition=edition, number=1, slug="x", visibility=Visibility.DRAFT, **brief)
    session.add(challenge)
    session.flush()
    return edition, challenge


def _snapshot(challenge: Challenge, entries: list[Entry]) -> dict[str, Any]:
    rows = [
        {"entry": {"public_id": each.public_id, "title": each.title, "team": each.team.name}, "place": place}
        for place, each in enumerate(entries, start=1)
    ]
    first = {"prize": {"fr": "Premier prix", "en": "First prize"}, "challenge_id": challenge.id, "place": 1}
    award = {**first, "entry": entries[0].public_id, "cents": 1, "paid_by": []}
    told = {"id": challenge.id, "number": 1, "title": challenge.title.as_dict(), "ranking": rows}
    return {"challenges": [told], "awards": [award]}
