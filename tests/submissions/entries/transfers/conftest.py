"""A file on its way, at any point of it."""

from datetime import timedelta

import pytest

from hackaviz.kernel.jobs import do_all, transactions
from hackaviz.web.database import sessions
from hackaviz.web.storage import current_storage
from submissions.entries import handing_in
from submissions.entries.transfers import service
from submissions.entries.transfers.rules import Announced
from tests.submissions.entries.conftest import KEY, png

LIMIT = 100_000_000
WORK = ("examinations", "hand-ins overdue", "transfers abandoned")


class Way:
    """What happens to the files of one entry; `now` is the time unless a step says another."""

    def __init__(self, app, session, entry, now):
        self.app, self.session, self.entry, self.now = app, session, entry, now
        self.deadline = entry.edition.submission_closes_at
        self.grace_end = self.deadline + timedelta(minutes=30)
        self.contents = {}

    def begin(self, content=None, at=None, name="new.png", fingerprint=""):
        """As the view does: the row, then room in the storage."""
        content = png("teal") if content is None else content
        act = {"limit": LIMIT, "actor": self.entry.team.captain, "now": at or self.now}
        announced = Announced(name, len(content), fingerprint)
        transfer = service.announce(self.session, entry=self.entry, announced=announced, **act)
        self.session.flush()
        current_storage().incoming.begin(transfer.public_id)
        self.contents[transfer.public_id] = content
        return transfer

    def arrive(self, transfer, at=None):
        """Every byte arrives."""
        with current_storage().incoming.appending(transfer.public_id, at=0) as write:
            write(self.contents[transfer.public_id])
        service.finish(self.session, transfer=transfer, actor=self.entry.team.captain, now=at or self.now)
        return transfer

    def hand_in(self, named=None, at=None, key="key-1"):
        """With a named file."""
        facts = {"entry": self.entry, "actor": self.entry.team.captain, "now": at or self.now, "request_key": key}
        return handing_in.hand_in(self.session, signing_key=KEY, named=named, **facts)

    def work(self, at=None):
        """The job process does what is due of this."""
        self.session.commit()
        transaction = transactions(sessions().writing)
        for name in WORK:
            do_all(self.app.extensions["hackaviz.work"][name], transaction, lambda: at or self.now)
        self.session.expire_all()


@pytest.fixture
def way(in_app, session, draft, now):
    """The way of a draft's files."""
    return Way(in_app, session, draft, now)
