"""200,000 lines in the ledger of one edition: the balances of all pools, and the statement of one of them."""

import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from challenges.editions.models import Edition, Visibility
from challenges.ledger.models import Account, Line, Transaction
from challenges.ledger.queries import figures_of_edition, figures_of_pledges, statement_of
from challenges.ledger.rules import AccountKind, TransactionKind
from challenges.ledger.service import open_accounts
from challenges.sponsors.models import Custody, Pledge, Sponsor
from hackaviz.kernel.bilingual import Bilingual
from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.kernel.migrate import upgrade

POOLS, LINES, REPEATS = 300, 200_000, 20
NOW = datetime(2026, 1, 5, tzinfo=UTC)
DATES = (
    "registration_opens_at registration_closes_at submission_opens_at submission_closes_at judging_opens_at "
    "judging_closes_at results_expected_at created_at"
).split()


def main() -> None:
    """Print the median of what each read takes, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'ledger.sqlite'}"
        upgrade(url)
        engine = open_engine(url)
        with session_factory(engine)() as session:
            edition, pledges = _pools(session)
            started = time.perf_counter()
            _fill(session, edition, pledges)
            print(f"ledger: {LINES} lines written in {time.perf_counter() - started:.1f} s")
            session.commit()
        with session_factory(engine, writes=False)() as session:
            read = {
                f"balances of {POOLS} pools": lambda: figures_of_pledges(session, pledges),
                "sums of the edition": lambda: figures_of_edition(session, edition),
                "statement of one pool": lambda: statement_of(session, pledges[7]),
            }
            for name, act in read.items():
                print(f"ledger: {name} {_median(session, act):.1f} ms")
        engine.dispose()


def _pools(session: Session) -> tuple[Edition, list[int]]:
    moments: dict[str, Any] = {name: NOW.replace(day=day) for day, name in enumerate(DATES, start=6)}
    moments["submission_opens_at"] = moments["registration_opens_at"]
    texts = dict.fromkeys(("title", "tagline", "description"), Bilingual("x", "x"))
    who = {"organiser_name": "x", "contact_email": "x@example.org", "time_zone": "UTC", "slug": "bench"}
    edition = Edition(**who, **texts, **moments, visibility=Visibility.DRAFT)
    sponsor = Sponsor(edition=edition, name="Sponsor", description=Bilingual())
    session.add_all([edition, sponsor])
    session.flush()
    pledges = []
    for number in range(POOLS):
        facts = {"edition_id": edition.id, "sponsor": sponsor, "custody": Custody.DIRECT, "pledged_at": NOW}
        pledge = Pledge(**facts, name=f"Pool {number}", promised_cents=10**9)
        session.add(pledge)
        session.flush()
        of_pledge = {"edition_id": edition.id, "pledge_id": pledge.id, "custody": pledge.custody}
        open_accounts(session, **of_pledge, cents=pledge.promised_cents, actor=None, now=NOW)
        pledges.append(pledge.id)
    return edition, pledges


def _fill(session: Session, edition: Edition, pledges: list[int]) -> None:
    """Awards taken from the pools and taken back, two lines each, written as the service does: lines first."""
    accounts = {(each.pledge_id, each.kind): each.id for each in session.query(Account)}
    lines, acts = [], []
    facts = {"edition_id": edition.id, "kind": TransactionKind.AWARD, "happened_on": NOW.date(), "recorded_at": NOW}
    for number in range(LINES // 2):
        pledge, sign = pledges[number % POOLS], 1 if number // POOLS % 2 == 0 else -1
        for kind, cents in ((AccountKind.HELD, -sign), (AccountKind.AWARDED, sign)):
            lines.append({"transaction_key": f"bench/{number}", "account_id": accounts[pledge, kind], "cents": cents})
        acts.append({"key": f"bench/{number}", **facts, "decision": "", "details": {}})
    session.execute(insert(Line), lines)
    session.execute(insert(Transaction), acts)


def _median(session: Session, act: Callable[[], Any]) -> float:
    times = []
    for _repeat in range(REPEATS):
        session.expunge_all()
        started = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)
