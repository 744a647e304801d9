"""Whoever has the archive of an edition can compute its result again."""

from datetime import UTC, datetime, timedelta

import pytest

from judging.sealing.verifying import verify
from submissions.gallery.archive.documents import write_documents

pytestmark = pytest.mark.database("sqlite")


@pytest.mark.usefixtures("published")
def test_an_archive_holds_the_sealed_file_that_the_results_lead_to(app, client, session, contest, tmp_path):
    with app.test_request_context():
        written = write_documents(session, contest.edition, tmp_path, datetime.now(UTC))
    [(address, name)] = written.items()
    assert f'href="{address}"' in client.get(f"/editions/{contest.edition.slug}/results").text
    assert client.get(address).data == (tmp_path / name).read_bytes()
    assert verify((tmp_path / name).read_text()).valid


def test_before_the_results_are_public_there_is_none(app, session, contest, scheduled, tmp_path):
    with app.test_request_context():
        assert write_documents(session, contest.edition, tmp_path, datetime.now(UTC)) == {}
        at = scheduled.public_at - timedelta(microseconds=1)
        assert write_documents(session, contest.edition, tmp_path, at) == {}
