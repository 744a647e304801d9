import pytest

from hackaviz.kernel.clock import utc_now
from hackaviz.kernel.jobs import Heartbeat, beat


def test_an_application_that_runs_is_alive(client):
    assert client.get("/healthz").json == {"ok": True}


@pytest.mark.database("sqlite", "postgresql")
def test_it_is_ready_once_a_job_process_beats(client, session):
    assert client.get("/readyz").status_code == 503

    beat(session, utc_now())

    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json["checks"] == {"database": True, "storage": True, "jobs": True}


def test_a_heartbeat_of_yesterday_does_not_count(client, session, now):
    beat(session, now)
    assert client.get("/readyz").json["checks"]["jobs"] is False
    assert session.get(Heartbeat, "jobs").at == now


def test_a_storage_that_fails_is_named(client, session, settings, tmp_path):
    beat(session, utc_now())
    (tmp_path / "files").write_text("a file where the folder should be")

    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"] == {"database": True, "storage": False, "jobs": True}
