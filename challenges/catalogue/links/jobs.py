"""The job that asks links: a few on each sweep, few of a host, and never for long."""

import time
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from challenges.catalogue.links.rules import Link
from challenges.catalogue.links.service import choose_links, note_check, note_page
from hackaviz.kernel.fetch.errors import FetchError
from hackaviz.kernel.fetch.fetching import Fetcher, FetchLimits
from hackaviz.kernel.jobs import Transaction

ASKING = Fetcher(limits=FetchLimits(seconds=10))
# Other work waits meanwhile.
LONGEST_VISIT = 30.0


@dataclass(frozen=True)
class LinkChecker:
    """Asks whether links answer."""

    fetcher: Fetcher = ASKING

    def step(self, transaction: Transaction, now: datetime) -> bool:
        """Ask the links that are due, as far as time and politeness go. False: the next sweep asks the others."""
        end = time.monotonic() + LONGEST_VISIT
        with transaction() as session:
            chosen = choose_links(session, now)
        for link in chosen:
            if time.monotonic() > end:
                break
            code = self._ask(link.url)
            with transaction() as session:
                _note(session, link, code, now)
        return False

    def _ask(self, url: str) -> str:
        try:
            self.fetcher.probe(url)
        except FetchError as error:
            return error.code
        return ""


def _note(session: Session, link: Link, code: str, now: datetime) -> None:
    if link.is_page:
        note_page(session, dataset_id=link.number, url=link.url, code=code, now=now)
    else:
        note_check(session, resource_id=link.number, url=link.url, code=code, now=now)
