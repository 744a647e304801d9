"""Whether the time of an answer tells a juror whose work it is: the same page of teams as different as can be.

In one process, in an order drawn by lot, so that what else the machine does falls on all alike. Then what is not
theirs: an entry that a conflict took away, one that nobody asked them for, one of another edition, and none at all.
Times are of the processor. A still image that a juror may not see takes longer than one that is not there: its address,
of twenty characters by lot, is known only to whoever was shown it, and says no more of the team.
"""

import gc
import io
import logging
import random
import re
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import structlog
from flask import Flask
from flask.testing import FlaskClient
from scipy.stats import mannwhitneyu
from sqlalchemy.orm import Session

from bench.server import installation
from challenges.briefs.models import Challenge
from challenges.editions.rules import Phase
from hackaviz.accounts.models import Person
from hackaviz.factory import create_app
from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.database import open_engine, session_factory
from hackaviz.kernel.fetch.fetching import Fetcher
from hackaviz.kernel.jobs import transactions
from hackaviz.kernel.storage import Storage, open_storage
from hackaviz.settings import Settings
from hackaviz.web.database import sessions
from submissions.entries.models import Entry
from submissions.viewer.copies.making import CopyMaker
from submissions.viewer.copies.obtaining import Obtainer
from submissions.viewer.copies.service import ask_for_copy
from submissions.viewer.models import Preview, PreviewState
from tests.factories import (
    assign,
    declare_conflict,
    hand_in,
    make_challenge,
    make_edition,
    make_entry,
    make_juror,
    make_person,
    make_team,
    sign_in,
)
from tests.support.client import BASE_URL, client_for
from tests.support.uploads import image_bytes
from tests.support.works import send_work

SLUG, TEAMS, ROUNDS = "blind", 3, 40
# Below, chance alone would seldom make two lists of times so different.
DOUBTFUL = 0.01
LIVE = re.compile(r'data-live="([^"]+)"')


@dataclass
class Timed:
    """Addresses that should take the same time, how they should be answered, and the seconds that each request took."""

    status: int
    addresses: list[str]
    seconds: list[float] = field(default_factory=list)


def main() -> None:
    """Ask for everything in an order drawn by lot, then compare."""
    with installation() as settings:
        app = create_app(Settings.from_env(settings))
        # One line for each refusal would hide the figures.
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
        storage = open_storage(settings["HACKAVIZ_STORAGE_URL"])
        with session_factory(open_engine(settings["HACKAVIZ_DATABASE_URL"]))() as session:
            juror, entries = _world(session, storage)
            session.commit()
            _copy_works(app, storage)
            client = sign_in(client_for(app, session), juror)
            asked = _theirs(client, entries) | _not_theirs(entries)
        _ask(client, asked)
    requests = sum(len(each.seconds) for each in asked.values())
    print(f"blind judging: {requests} requests of a juror")
    for name in ("page", "still image", "work"):
        _compare(asked, f"{name} of large teams", f"{name} of small teams")
    for name in ("entry", "still image"):
        _compare(asked, f"{name} in conflict, large", f"{name} in conflict, small")
    for name in ("in conflict, small", "not asked for", "of another edition"):
        _compare(asked, f"entry {name}", "entry that is none")


def _world(session: Session, storage: Storage) -> tuple[Person, dict[str, list[Entry]]]:
    """A juror and entries by what they are to them; the bytes of the works are the same, their makers are not."""
    edition, other = make_edition(session, Phase.JUDGING, slug=SLUG), make_edition(session, Phase.JUDGING)
    challenge, elsewhere = make_challenge(session, edition), make_challenge(session, other)
    juror, picture = make_juror(session, edition), image_bytes("PNG", (400, 300))
    kinds = {
        "of small teams": (challenge, 1),
        "of large teams": (challenge, 5),
        "in conflict, small": (challenge, 1),
        "in conflict, large": (challenge, 5),
        "not asked for": (challenge, 3),
        "of another edition": (elsewhere, 3),
    }
    made = {
        kind: [_entry(session, storage, where, size, picture) for _ in range(TEAMS)]
        for kind, (where, size) in kinds.items()
    }
    barred = [*made["in conflict, small"], *made["in conflict, large"]]
    for entry in [*made["of small teams"], *made["of large teams"], *barred]:
        assign(session, juror, entry)
    for entry in barred:
        declare_conflict(session, juror, entry)
    return juror, made


def _copy_works(app: Flask, storage: Storage) -> None:
    """What is shown of works, without a word of who made them, as the job makes it."""
    maker = CopyMaker(storage, BASE_URL, lambda room: Obtainer(room, Fetcher(resolve=lambda _host, _port: [])))
    with app.app_context():
        while maker.make_due(transactions(sessions().writing), utc_now()):
            pass


def _entry(session: Session, storage: Storage, challenge: Challenge, size: int, picture: bytes) -> Entry:
    """The more members, the longer every name that nobody may see."""
    long = "University of the Mediterranean and of its ports " * (size - 1)
    people = [make_person(session, name=f"Person {long}"[:100]) for _ in range(size)]
    team = make_team(session, challenge.edition, people, school=f"School {long}"[:100], challenge=challenge)
    entry = make_entry(session, team, challenge)
    upload = send_work(session, storage, entry, f"{'long-name-of-a-file-' * (size - 1)}a.png", picture)
    ask_for_copy(session, upload, challenge.edition.judging_opens_at)
    still = storage.write(io.BytesIO(image_bytes("WEBP", (400, 300))))
    keys = {"large_key": still.key, "small_key": still.key, "width": 400, "height": 300}
    session.add(Preview(upload=upload, state=PreviewState.READY, **keys))
    hand_in(session, entry, upload)
    return entry


def _theirs(client: FlaskClient, entries: Mapping[str, list[Entry]]) -> dict[str, Timed]:
    asked = {}
    for teams in ("of large teams", "of small teams"):
        asked[f"page {teams}"] = Timed(200, [_page(entry.code) for entry in entries[teams]])
        asked[f"still image {teams}"] = Timed(200, [_still(entry) for entry in entries[teams]])
        pages = [client.get(_page(entry.code)).text for entry in entries[teams]]
        asked[f"work {teams}"] = Timed(
            200, [found[1].replace("&amp;", "&") for page in pages if (found := LIVE.search(page))]
        )
    return asked


def _not_theirs(entries: Mapping[str, list[Entry]]) -> dict[str, Timed]:
    kinds = ("in conflict, large", "in conflict, small", "not asked for", "of another edition")
    asked = {f"entry {kind}": Timed(404, [_page(entry.code) for entry in entries[kind]]) for kind in kinds}
    asked |= {f"still image {kind}": Timed(404, [_still(entry) for entry in entries[kind]]) for kind in kinds[:2]}
    return asked | {"entry that is none": Timed(404, [_page(f"C-{number}") for number in range(9001, 9001 + TEAMS)])}


def _page(code: str) -> str:
    return f"{BASE_URL}/editions/{SLUG}/jury/{code}"


def _still(entry: Entry) -> str:
    assert entry.current_version is not None
    return f"{BASE_URL}/previews/{entry.current_version.upload.public_id}/small.webp"


def _ask(client: FlaskClient, asked: Mapping[str, Timed]) -> None:
    """Every address so many times; the first round warms up and is not counted."""
    lot, each = random.Random(1), [(timed, address) for timed in asked.values() for address in timed.addresses]
    gc.disable()
    for number in range(ROUNDS + 1):
        for timed, address in lot.sample(each, len(each)):
            started = time.process_time()
            answer = client.get(address, base_url=f"http://{urlsplit(address).netloc}")
            if number:
                timed.seconds.append(time.process_time() - started)
            if answer.status_code != timed.status:
                raise SystemExit(f"{address} was answered with {answer.status_code}, not {timed.status}")
        gc.collect()
    gc.enable()


def _compare(asked: Mapping[str, Timed], one: str, other: str) -> None:
    first, second = asked[one].seconds, asked[other].seconds
    ratio = statistics.median(first) / statistics.median(second)
    found = mannwhitneyu(first, second)
    said = "no difference" if found.pvalue >= DOUBTFUL else "DIFFERS"
    print(
        f"  {one} / {other}: {statistics.median(second) * 1000:.2f} ms, x {ratio:.3f}, p = {found.pvalue:.2f}: {said}"
    )
