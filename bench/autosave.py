"""50 jurors whose pages save a review every 2 seconds, on SQLite with 2 workers: no save is lost or refused.

`python -m bench autosave` lasts a minute; `AUTOSAVE_SECONDS=300` in the environment makes it five. One save in ten is
sent twice, as a page does whose answer was lost.
"""

import json
import os
import random
import statistics
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from bench.server import PORT, installation, serve
from challenges.editions.models import Edition
from challenges.editions.rules import Phase
from hackaviz.kernel.database import open_engine, session_factory
from judging.scoring.marks_log import chain_of, problems_of
from judging.scoring.models import Review
from tests.factories import assign, make_challenge, make_edition, make_handed_in_entry, make_juror
from tests.support.tus import TusClient

JURORS, PAUSE, REPLAYED = 50, 2.0, 0.1
SECONDS = float(os.environ.get("AUTOSAVE_SECONDS", "60"))
SLUG = "autosave"


@dataclass
class Juror:
    """Somebody at work: what was acknowledged last, and how every save was answered."""

    client: TusClient
    id: int
    code: str
    criteria: list[int]
    revision: int = 0
    kept: str = ""
    statuses: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def work(self, end: float) -> None:
        """Change something every two seconds, beginning at a moment of one's own."""
        lot = random.Random(self.id)
        time.sleep(lot.uniform(0, PAUSE))
        while time.monotonic() < end:
            started = time.monotonic()
            self.save(lot)
            time.sleep(max(0.0, PAUSE - (time.monotonic() - started)))

    def save(self, lot: random.Random) -> None:
        """Send marks and a comment, and now and then the same again."""
        words = f"Change {len(self.statuses)} of juror {self.id}"
        draft = {
            "marks": {str(criterion): lot.randrange(5) for criterion in self.criteria},
            "comment_to_team": words,
            "comment_private": "",
            "base_revision": self.revision,
            "save_key": f"{self.id}-{len(self.statuses)}",
        }
        for _sent in range(2 if lot.random() < REPLAYED else 1):
            started = time.perf_counter()
            answer = self.client.ask(
                "POST",
                f"/editions/{SLUG}/jury/{self.code}/autosave",
                json.dumps(draft).encode(),
                Content_Type="application/json",
            )
            self.seconds.append(time.perf_counter() - started)
            self.statuses.append(answer.status)
            if answer.status == 200:
                self.revision, self.kept = answer.json()["revision"], words


def main() -> None:
    """Prepare, let everybody work, judge."""
    with installation() as settings:
        jurors = _jurors(settings)
        with serve("wsgi:app", settings, workers=2):
            end = time.monotonic() + SECONDS
            threads = [threading.Thread(target=juror.work, args=(end,)) for juror in jurors]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        lost, links, problems = _judge(settings, jurors)
    sent = [status for juror in jurors for status in juror.statuses]
    seconds = [each for juror in jurors for each in juror.seconds]
    refused = sum(status != 200 for status in sent)
    print(f"autosave of {JURORS} jurors over {SECONDS:.0f} s: {len(sent)} saves, {refused} refused, {lost} lost")
    print(f"{links} links in the log of marks, {problems} problems; {_percentiles(seconds)}")


def _percentiles(seconds: list[float]) -> str:
    cuts = statistics.quantiles(seconds, n=100)
    return f"median {cuts[49] * 1000:.0f} ms, 95th percentile {cuts[94] * 1000:.0f} ms, 99th {cuts[98] * 1000:.0f} ms"


def _jurors(settings: dict[str, str]) -> list[Juror]:
    host = f"127.0.0.1:{PORT}"
    with session_factory(open_engine(settings["HACKAVIZ_DATABASE_URL"]))() as session:
        edition = make_edition(session, Phase.JUDGING, slug=SLUG)
        challenge = make_challenge(session, edition)
        criteria = [criterion.id for criterion in challenge.criteria]
        made = []
        for _number in range(JURORS):
            person, entry = make_juror(session, edition), make_handed_in_entry(session, challenge)
            assign(session, person, entry)
            made.append(Juror(TusClient(host, settings, person), person.id, entry.code, criteria))
        session.commit()
    return made


def _judge(settings: dict[str, str], jurors: list[Juror]) -> tuple[int, int, int]:
    """Reviews that are not what was acknowledged last, links of the log, and what is wrong with it."""
    with session_factory(open_engine(settings["HACKAVIZ_DATABASE_URL"]), writes=False)() as session:
        reviews: dict[int, Any] = {review.juror_id: review for review in session.scalars(select(Review))}
        lost = sum(
            (reviews[juror.id].comment_to_team, reviews[juror.id].revision) != (juror.kept, juror.revision)
            for juror in jurors
        )
        edition = session.scalars(select(Edition).where(Edition.slug == SLUG)).one()
        return lost, len(chain_of(session, edition)), len(problems_of(session, edition))
