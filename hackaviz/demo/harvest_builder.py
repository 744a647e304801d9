"""A source of the demo's catalogue: an invented portal that describes real datasets, imported, then harvested again.

What it answered is in files, so that the demo needs no network. Its address is one that never leads anywhere.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.orm import Session

from challenges.catalogue.harvest.queries import source_at
from challenges.catalogue.imports.jobs import Importer, begin_due_harvest
from challenges.catalogue.imports.rules import Rhythm
from challenges.catalogue.imports.service import Wanted, ask_import, confirm_import, set_schedule
from hackaviz.accounts.models import Person
from hackaviz.kernel.fetch.fetching import Fetched, Fetcher
from hackaviz.kernel.storage import Storage

ANSWERS = Path(__file__).parent / "portal"
PORTAL = Wanted("https://portail.example/data.json", "portail.example")


class _Portal(Fetcher):
    """Answers with a file; `answer` is its name."""

    answer = "first"

    def fetch(self, url: str, target: BinaryIO, headers: Mapping[str, str] | None = None) -> Fetched:
        body = (ANSWERS / f"{self.answer}.json").read_bytes()
        target.write(body)
        return Fetched(url, "application/json", len(body), "", {})


class _Later(_Portal):
    answer = "second"


class HarvestBuilder:
    """Does as a steward and the job process would, within the transaction of the demo."""

    def __init__(self, session: Session, storage: Storage, steward: Person) -> None:
        self.session, self.storage, self.steward = session, storage, steward

    def build(self, now: datetime) -> None:
        """An import of two weeks ago, a harvest by schedule a week later, and the next one in some weeks."""
        asked, confirmed = now - timedelta(days=14), now - timedelta(days=14, minutes=-8)
        this = ask_import(self.session, wanted=PORTAL, actor=self.steward, now=asked)
        self._work(_Portal(), asked)
        confirm_import(self.session, this=this, actor=self.steward, now=confirmed)
        self._work(_Portal(), confirmed)
        source = source_at(self.session, PORTAL.address)
        assert source is not None, "the import has made it"
        set_schedule(self.session, source=source, rhythm=Rhythm.WEEKLY, actor=self.steward, now=confirmed)
        night = now - timedelta(days=6)
        begin_due_harvest(self._transaction, night)
        self._work(_Later(), night)
        set_schedule(self.session, source=source, rhythm=Rhythm.MONTHLY, actor=self.steward, now=night)

    def _work(self, portal: Fetcher, now: datetime) -> None:
        importer = Importer(self.storage, portal, clock=lambda: now)
        while importer.step(self._transaction, now):
            pass

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        yield self.session
        self.session.flush()
